"""The path of a case: only the steps of the diagram, on their conditions, with their consequences, each recorded."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from casi import policies
from casi.actions.diario import NuovaVoce, write
from casi.actions.effetti import EFFETTI
from casi.actions.guardie import GUARDIE
from casi.errori import Impossibile, Vietato
from casi.management.commands.stampa_percorso import lines
from casi.models import AccessoEmergenza, Avviso, Intervento, Registro, StatoCaso
from casi.percorso import AIUTO_URGENTE, TRANSIZIONI, Passo, PassoNonPrevisto, possibili
from casi.ruoli import Azione
from casi.selectors.casi import open_caso
from casi.selectors.sintesi import sintesi
from tests.factories.casi import AmmissioneFactory
from tests.factories.catalogo import OperatoreFactory, TipoServizioFactory
from tests.support.attori import attore_for
from tests.support.incaricati import incarica
from tests.support.percorso import Scena, voce

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate
# The oracle, written by hand from domain.md §4.1 and kept apart from the data it checks.
DIAGRAMMA = {
    "segnalato": {
        "ascolta": "primo_ascolto", "trasferisce": "trasferito", "riassegna": "segnalato", "accetta": "segnalato",
        "rifiuta": "segnalato",
    },
    "primo_ascolto": {
        "valuta": "in_valutazione", "orienta": "orientato", "non_prende": "non_preso_in_carico",
        "aiuta_subito": "primo_ascolto", "trasferisce": "trasferito", "riassegna": "primo_ascolto",
        "accetta": "primo_ascolto", "rifiuta": "primo_ascolto",
    },
    "in_valutazione": {
        "assegna": "in_valutazione", "accetta": "preso_in_carico", "rifiuta": "in_valutazione",
        "non_prende": "non_preso_in_carico", "aiuta_subito": "in_valutazione", "trasferisce": "trasferito",
    },
    "preso_in_carico": {
        "sospende": "sospeso", "avvia_chiusura": "in_chiusura", "fissa_verifica": "preso_in_carico",
        "avvisa": "preso_in_carico",
        "riassegna": "preso_in_carico", "accetta": "preso_in_carico", "rifiuta": "preso_in_carico",
        "trasferisce": "trasferito",
    },
    "sospeso": {
        "avvisa": "sospeso",
        "riprende": "preso_in_carico", "avvia_chiusura": "in_chiusura", "fissa_verifica": "sospeso",
        "riassegna": "sospeso", "accetta": "sospeso", "rifiuta": "sospeso", "trasferisce": "trasferito",
    },
    "in_chiusura": {
        "avvisa": "in_chiusura",
        "chiude": "chiuso", "controfirma": "in_chiusura", "riassegna": "in_chiusura", "accetta": "in_chiusura",
        "rifiuta": "in_chiusura", "annulla_chiusura": "preso_in_carico", "trasferisce": "trasferito",
    },
    "chiuso": {"riapre": "riaperto", "riassegna": "chiuso", "accetta": "chiuso", "rifiuta": "chiuso"},
    "riaperto": {
        "valuta": "in_valutazione", "riassegna": "riaperto", "accetta": "riaperto", "rifiuta": "riaperto",
        "trasferisce": "trasferito",
    },
    "orientato": {
        "riapre": "riaperto", "riassegna": "orientato", "accetta": "orientato", "rifiuta": "orientato",
    },
    "non_preso_in_carico": {
        "riapre": "riaperto", "riassegna": "non_preso_in_carico", "accetta": "non_preso_in_carico",
        "rifiuta": "non_preso_in_carico",
    },
    "trasferito": {
        "assegna": "trasferito", "accetta": "preso_in_carico", "rifiuta": "trasferito", "trasferisce": "trasferito",
    },
}  # fmt: skip


@pytest.mark.parametrize("stato", StatoCaso.values)
def test_step_from_each_state_goes_where_the_diagram_says_or_is_refused(stato):
    scena = None
    for passo in Passo:
        scena = scena or Scena(stato=stato)
        if passo in (Passo.ACCETTA, Passo.RIFIUTA) and not scena.caso.prese_in_carico.exists():
            scena.propone()
        if passo is Passo.AVVISA and passo in DIAGRAMMA[stato]:
            presa = scena.caso.prese_in_carico.first() or scena.propone()
            presa.accettata_il = timezone.now()
            presa.save()
        if passo is Passo.CONTROFIRMA:
            voce(scena.caso, scena.assistente, livello=5)
        if passo in DIAGRAMMA[stato]:
            passaggio = scena.fa(passo)
            assert (scena.caso.stato, passaggio.da, passaggio.a) == (DIAGRAMMA[stato][passo], stato, scena.caso.stato)
            scena = None
            continue
        before = scena.istantanea()
        with pytest.raises(PassoNonPrevisto):
            scena.fa(passo)
        assert scena.istantanea() == before


@pytest.mark.matrice
@hypothesis_settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(inizio=st.sampled_from(StatoCaso.values), passi=st.lists(st.sampled_from(list(Passo)), max_size=14))
def test_any_sequence_of_steps_follows_the_diagram(db, inizio, passi):
    scena, stati = Scena(stato=inizio), [inizio]
    for passo in passi:
        before = scena.istantanea()
        try:
            scena.fa(passo)
        except (Impossibile, Vietato):
            assert scena.istantanea() == before
            continue
        expected = DIAGRAMMA[stati[-1]][passo]
        if passo is Passo.ANNULLA_CHIUSURA:  # back to where the closing was begun from
            expected = next((stato for stato in reversed(stati) if stato != "in_chiusura"), expected)
        assert scena.caso.stato == expected
        stati.append(scena.caso.stato)
        responsible = scena.caso.incarichi.in_force(OGGI()).filter(parte="responsabile")
        assert responsible.count() <= 1
    assert scena.caso.passaggi.count() == len(stati) - 1
    assert Registro.objects.filter(casi__contains=[scena.caso.pk], esito="consentito").count() == len(stati) - 1


def test_every_condition_and_consequence_named_in_the_data_exists_and_is_used():
    assert {name for each in TRANSIZIONI for name in each.guardie} == set(GUARDIE)
    assert {name for each in TRANSIZIONI for name in each.effetti} == set(EFFETTI)


def test_step_writes_who_when_why_and_a_line_of_the_register():
    scena = Scena(stato="preso_in_carico")
    passaggio = scena.fa("sospende", motivo="La famiglia è all'estero.")
    assert (passaggio.operatore, passaggio.motivo) == (scena.assistente, "La famiglia è all'estero.")
    line = Registro.objects.get()
    assert (line.azione, line.finalita, line.oggetto_id, line.casi) == (
        "condurre", "sospende", passaggio.pk, [scena.caso.pk],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("stato", "passo", "dati"),
    [
        ("preso_in_carico", "sospende", {"motivo": " "}),
        ("preso_in_carico", "trasferisce", {"motivo": ""}),
        ("in_valutazione", "non_prende", {"motivo": ""}),
        ("chiuso", "riapre", {"motivo": ""}),
        ("preso_in_carico", "fissa_verifica", {"prossima_verifica": None}),
        ("preso_in_carico", "fissa_verifica", {"prossima_verifica": timedelta(0)}),
        ("primo_ascolto", "aiuta_subito", {"urgente_fino_al": timedelta(days=AIUTO_URGENTE + 1)}),
        ("primo_ascolto", "aiuta_subito", {"urgente_fino_al": timedelta(days=-1)}),
        ("in_chiusura", "chiude", {"motivo_chiusura": "boh"}),
        ("in_chiusura", "chiude", {"valutazione_finale": "\n"}),
        ("in_chiusura", "chiude", {"note_di_consegna": " "}),
        ("in_chiusura", "controfirma", {}),
        ("in_valutazione", "assegna", {"assistente": None}),
        ("preso_in_carico", "trasferisce", {"ente": None}),
    ],
)
def test_step_without_what_it_asks_for_is_refused_and_changes_nothing(stato, passo, dati):
    scena = Scena(stato=stato)
    before = scena.istantanea()
    with pytest.raises(Impossibile):
        scena.fa(passo, **dati)
    assert scena.istantanea() == before


@pytest.mark.parametrize(
    ("stato", "passo"),
    [("segnalato", "ascolta"), ("preso_in_carico", "sospende"), ("in_valutazione", "assegna"), ("chiuso", "riapre")],
)
def test_step_by_who_may_not_is_forbidden(stato, passo):
    scena = Scena(stato=stato)
    for other in (scena.altra, scena.altrove, OperatoreFactory(ente=scena.ente, ruolo="referente")):
        with pytest.raises(Vietato):
            scena.fa(passo, by=attore_for(other))
    wrong_side = scena.assistente if passo == "assegna" else scena.coordinatore
    with pytest.raises(Vietato):
        scena.fa(passo, by=attore_for(wrong_side))


def test_volunteer_on_the_case_listens_and_orients_but_does_not_conduct():
    scena = Scena()
    volontario = OperatoreFactory(ente=scena.ente, ruolo="volontario_ascolto")
    incarica(scena.caso, volontario, "collaboratore")
    scena.fa("ascolta", by=attore_for(volontario))
    with pytest.raises(Vietato):
        scena.fa("valuta", by=attore_for(volontario))
    scena.fa("orienta", by=attore_for(volontario))
    assert scena.caso.stato == "orientato"
    assert not policies.may(attore_for(volontario), Azione.VEDERE_CASO, scena.caso)


def test_closing_waits_for_the_supports_and_names_them():
    scena = Scena(stato="in_chiusura")
    tipo = TipoServizioFactory(nome="Emporio solidale")
    intervento = Intervento.objects.create(
        caso=scena.caso, ente=scena.altrove.ente, autore=scena.altrove, tipo=tipo, stato="in_corso", dal=OGGI()
    )
    for stato in ("richiesto", "autorizzato", "in_corso", "sospeso"):
        Intervento.objects.filter(pk=intervento.pk).update(stato=stato)
        with pytest.raises(Impossibile, match="Emporio solidale"):
            scena.fa("chiude")
    Intervento.objects.filter(pk=intervento.pk).update(stato="annullato")
    scena.fa("chiude")
    assert scena.caso.stato == "chiuso"


def test_closing_with_reserved_entries_waits_for_the_countersignature_of_this_closing():
    scena = Scena(stato="preso_in_carico")
    voce(scena.caso, scena.assistente, livello=5)
    for _time in range(2):
        scena.fa("avvia_chiusura")
        with pytest.raises(Impossibile, match="controfirma"):
            scena.fa("chiude")
        scena.fa("controfirma")
        with pytest.raises(Impossibile):
            scena.fa("controfirma")
        scena.fa("chiude")
        scena.fa("riapre")
        scena.caso.stato = "preso_in_carico"
        scena.caso.save()


def test_closing_ends_every_grant_but_the_responsible_one_at_that_moment():
    scena = Scena(stato="in_chiusura")
    collega = incarica(scena.caso, scena.altra, "collega").operatore
    ospite = OperatoreFactory(ruolo="referente")
    ammissione = AmmissioneFactory(caso=scena.caso, ente=ospite.ente, al=OGGI() + timedelta(days=9))
    incarica(scena.caso, ospite, "collaboratore")
    now = timezone.now()
    emergenza = AccessoEmergenza.objects.create(
        caso=scena.caso, operatore=OperatoreFactory(ente=scena.ente, ruolo="assistente_sociale"), motivo="Serve ora.",
        codice_motivo="notte", inizio=now, fine=now + timedelta(hours=1), esaminare_entro=OGGI(),
    )  # fmt: skip
    out = [attore_for(each) for each in (collega, ospite, emergenza.operatore)]
    assert all(policies.may(each, Azione.VEDERE_CASO, scena.caso) for each in out)
    scena.fa("chiude")
    assert not any(policies.may(each, Azione.VEDERE_CASO, scena.caso) for each in out)
    assert policies.may(attore_for(scena.assistente), Azione.VEDERE_CASO, scena.caso)
    ammissione.refresh_from_db()
    emergenza.refresh_from_db()
    assert None not in (ammissione.tolta_il, emergenza.chiuso_il, scena.caso.chiuso_il)
    assert set(scena.caso.permessi.values_list("user", flat=True)) == {scena.assistente.utente_id}
    assert set(Avviso.objects.values_list("destinatario", "tipo")) == {
        (collega.pk, "incarico_finito"), (ospite.pk, "incarico_finito"),
    }  # fmt: skip
    written = {each.tipo: (each.livello, each.testo) for each in scena.caso.vocediario_set.all()}
    assert written == {"finale": (3, "È andata bene."), "consegne": (3, "Resta lo sportello lavoro.")}
    assert scena.caso.motivo_chiusura == "obiettivi"


def test_reopening_starts_from_zero_grants():
    scena = Scena(stato="chiuso")
    collega = incarica(scena.caso, scena.altra, "collega").operatore
    ospite = OperatoreFactory(ruolo="referente")
    AmmissioneFactory(caso=scena.caso, ente=ospite.ente)
    incarica(scena.caso, ospite, "collaboratore")
    scena.fa("riapre")
    scena.caso.stato = "preso_in_carico"
    scena.caso.save()
    assert policies.may(attore_for(scena.assistente), Azione.VEDERE_CASO, scena.caso)
    for other in (collega, ospite):
        assert not policies.may(attore_for(other), Azione.VEDERE_CASO, scena.caso)
    assert (scena.caso.chiuso_il, scena.caso.motivo_chiusura) == (None, "")


@pytest.mark.parametrize("stato", ["preso_in_carico", "sospeso"])
def test_closing_begun_by_mistake_is_taken_back_to_where_the_case_was(stato):
    scena = Scena(stato=stato)
    voce(scena.caso, scena.assistente, livello=5)
    scena.fa("avvia_chiusura")
    scena.fa("controfirma")
    voce_riservata = NuovaVoce(testo="Altro.", avvenuto_il=OGGI(), livello=5)
    write(by=attore_for(scena.assistente), caso=scena.caso.pk, voce=voce_riservata)  # begins it anew, from nowhere else
    scena.fa("controfirma")
    with pytest.raises(Vietato):
        scena.fa("annulla_chiusura", by=attore_for(scena.altra))
    scena.fa("annulla_chiusura")
    assert scena.caso.stato == stato
    scena.fa("avvia_chiusura")
    with pytest.raises(Impossibile, match="controfirma"):  # the one given before counts no more
        scena.fa("chiude")


@pytest.mark.parametrize(
    ("stato", "said"),
    [
        ("in_valutazione", "Preso in carico"),
        ("trasferito", "Preso in carico"),
        ("preso_in_carico", "Preso in carico da un'altra persona"),
        ("in_chiusura", "Preso in carico da un'altra persona"),
        ("primo_ascolto", "Passato a un'altra persona, che ha accettato"),
        ("chiuso", "Passato a un'altra persona, che ha accettato"),
    ],
)
def test_history_says_which_kind_of_acceptance_it_was(stato, said):
    scena = Scena(stato=stato)
    scena.propone()
    scena.fa("accetta")
    by = attore_for(scena.altra)
    storia = sintesi(by, open_caso(by, scena.caso.pk, Azione.VEDERE_CASO)).storia
    assert [each.cosa for each in storia] == [said]


def test_transfer_gives_the_number_to_another_body_and_takes_everything_from_the_old_one():
    scena = Scena(stato="preso_in_carico")
    numero = scena.caso.numero
    ospite = OperatoreFactory(ruolo="referente")
    AmmissioneFactory(caso=scena.caso, ente=ospite.ente)
    incarica(scena.caso, ospite, "collaboratore")
    scena.fa("trasferisce")
    assert (scena.caso.numero, scena.caso.ente_titolare) == (numero, scena.altrove.ente)
    assert not scena.caso.permessi.exists()
    assert not scena.caso.ammissioni.filter(tolta_il__isnull=True).exists()
    nuova = OperatoreFactory(ente=scena.altrove.ente, ruolo="assistente_sociale")
    with pytest.raises(Vietato):
        scena.fa("assegna")
    scena.fa("assegna", by=attore_for(scena.altrove), assistente=nuova)
    scena.fa("accetta", by=attore_for(nuova))
    assert scena.caso.stato == "preso_in_carico"
    assert policies.may(attore_for(nuova), Azione.CONDURRE, scena.caso)


def test_transfer_to_a_body_outside_the_network_is_refused():
    scena = Scena(stato="segnalato")
    fuori = OperatoreFactory(in_rete=False).ente
    for ente in (fuori, scena.ente):
        with pytest.raises(Impossibile):
            scena.fa("trasferisce", ente=ente)


def test_transfer_to_a_body_the_person_does_not_want_is_refused_as_one_outside_the_network():
    scena = Scena(stato="preso_in_carico")
    row = scena.caso.opposizioni.create(ente=scena.altrove.ente, scritta_da=scena.assistente)
    with pytest.raises(Impossibile, match="faccia parte della rete"):
        scena.fa("trasferisce")
    row.ritirata_il = timezone.now()
    row.save()
    scena.fa("trasferisce")
    assert scena.caso.ente_titolare == scena.altrove.ente


def test_steps_offered_are_those_of_the_diagram_for_who_has_every_action():
    everything = frozenset(Azione)
    office = {"assegna", "riassegna", "controfirma", "trasferisce", "accetta", "rifiuta"}
    for stato, steps in DIAGRAMMA.items():
        assert {each.passo for each in possibili(stato, everything)} == set(steps) - office
        assert possibili(stato, frozenset()) == []


def test_path_page_tells_what_the_code_applies():
    page = (settings.BASE_DIR / "docs" / "percorso.md").read_text().splitlines()
    assert page == list(lines()), "manage.py stampa_percorso > docs/percorso.md"
