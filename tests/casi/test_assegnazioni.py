"""Giving a case to somebody without reading it: the choice, the answer, the hand-over; pages without a way in."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from casi import policies
from casi.actions.limiti import remove_name, seal
from casi.errori import Impossibile, Vietato
from casi.models import Avviso, Incompatibilita, PresaInCarico, Registro
from casi.percorso import PER_ACCETTARE
from casi.ruoli import Azione
from casi.selectors.assegnazioni import assegnazioni, assistenti
from tests.factories.casi import CasoFactory, IncompatibilitaFactory
from tests.factories.catalogo import OperatoreFactory
from tests.factories.famiglie import famiglia
from tests.support.attori import attore_for
from tests.support.incaricati import incarica
from tests.support.percorso import Scena, voce
from tests.support.rifiuti import refused

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate


def reads(operatore, caso) -> bool:
    return policies.may(attore_for(operatore), Azione.VEDERE_CASO, caso)


def test_assigning_opens_nothing_until_the_social_worker_accepts():
    scena = Scena(stato="in_valutazione")
    scena.fa("assegna")
    assert not reads(scena.altra, scena.caso)
    assert reads(scena.assistente, scena.caso)
    assert Avviso.objects.get().destinatario == scena.altra
    scena.fa("accetta")
    assert reads(scena.altra, scena.caso)
    assert not reads(scena.assistente, scena.caso)
    presa = PresaInCarico.objects.get()
    assert (presa.base_giuridica, presa.avviso_alla_famiglia_il) == ("compito_pubblico", OGGI())
    assert (presa.assegnata_a, presa.assegnata_da) == (scena.altra, scena.coordinatore)
    assert (scena.caso.stato, scena.caso.prossima_verifica) == ("preso_in_carico", OGGI() + timedelta(days=60))
    assert policies.may(attore_for(scena.altra), Azione.CONDIVIDERE, scena.caso)


def test_who_assessed_the_case_may_be_given_it_and_stays_on_it():
    scena = Scena(stato="in_valutazione")
    scena.fa("assegna", assistente=scena.assistente)
    scena.fa("accetta", by=attore_for(scena.assistente))
    assert scena.caso.incarichi.get().tolta_il is None
    assert reads(scena.assistente, scena.caso)


def test_colleague_on_the_case_who_accepts_becomes_the_responsible():
    scena = Scena(stato="in_valutazione")
    incarica(scena.caso, scena.altra, "collega")
    scena.fa("assegna")
    scena.fa("accetta")
    standing = scena.caso.incarichi.in_force(OGGI()).get()
    assert (standing.operatore, standing.parte) == (scena.altra, "responsabile")


@pytest.mark.parametrize("chi", ["referente", "altro ente", "finita", "spenta", "in conflitto", "coordinatore"])
def test_assigning_to_who_cannot_take_the_case_is_refused(chi):
    scena = Scena(stato="in_valutazione")
    chosen = {
        "referente": lambda: OperatoreFactory(ente=scena.ente, ruolo="referente"),
        "altro ente": lambda: OperatoreFactory(ruolo="assistente_sociale"),
        "coordinatore": lambda: scena.coordinatore,
    }.get(chi, lambda: scena.altra)()
    if chi == "finita":
        chosen.al = OGGI() - timedelta(days=1)
        chosen.save()
    if chi == "spenta":
        chosen.utente.is_active = False
        chosen.utente.save()
    if chi == "in conflitto":
        Incompatibilita.objects.create(
            caso=scena.caso, utente=chosen.utente, origine="rilevata", motivo="parente", dal=OGGI()
        )
    with refused("scegline un'altra" if chi == "in conflitto" else "Scegli un assistente sociale", "assistente"):
        scena.fa("assegna", assistente=chosen)
    assert not PresaInCarico.objects.exists()


@pytest.mark.parametrize("passo", ["accetta", "rifiuta"])
def test_only_the_one_it_was_assigned_to_may_answer(passo):
    scena = Scena(stato="in_valutazione")
    scena.fa("assegna")
    for other in (scena.assistente, scena.coordinatore, OperatoreFactory(ruolo="assistente_sociale")):
        with pytest.raises(Vietato):
            scena.fa(passo, by=attore_for(other))
    scena.fa(passo)
    with pytest.raises(Vietato):
        scena.fa(passo)


@pytest.mark.parametrize(
    "dati",
    [
        {"base_giuridica": ""},
        {"avviso_alla_famiglia_il": timedelta(days=1)},
        {"prossima_verifica": timedelta(0)},
    ],
)
def test_accepting_says_on_what_basis_and_until_when_and_no_day_to_come(dati):
    scena = Scena(stato="in_valutazione")
    scena.fa("assegna")
    with pytest.raises(Impossibile):
        scena.fa("accetta", **dati)
    assert not reads(scena.altra, scena.caso)


def test_accepting_with_a_conflict_found_meanwhile_is_refused():
    scena = Scena(stato="in_valutazione")
    scena.fa("assegna")
    Incompatibilita.objects.create(
        caso=scena.caso, utente=scena.altra.utente, origine="rilevata", motivo="vicino", dal=OGGI()
    )
    with pytest.raises(Impossibile, match="conflitto"):
        scena.fa("accetta")
    scena.fa("rifiuta")


def test_declined_case_comes_back_to_the_coordinator_without_the_reason(riservato):
    scena = Scena(stato="in_valutazione")
    scena.fa("assegna")
    passaggio = scena.fa("rifiuta", motivo="Canarino")
    assert (PresaInCarico.objects.get().motivo_rifiuto, passaggio.motivo) == ("Canarino", "")
    riservato.force_login(scena.coordinatore.utente)
    page = riservato.get("/assegnazioni/").content.decode()
    assert scena.caso.numero in page
    assert "Canarino" not in page
    assert [caso.pk for caso in assegnazioni(attore_for(scena.coordinatore)).di("da_assegnare")] == [scena.caso.pk]
    scena.fa("assegna", assistente=scena.assistente)


def test_handing_over_takes_the_case_from_the_previous_one_at_once():
    scena = Scena(stato="in_valutazione")
    scena.fa("assegna", assistente=scena.assistente)
    scena.fa("accetta", by=attore_for(scena.assistente))
    with refused("È già la persona responsabile", "assistente"):
        scena.fa("riassegna", assistente=scena.assistente)
    scena.fa("riassegna")
    assert not reads(scena.assistente, scena.caso)
    assert not reads(scena.altra, scena.caso)
    assert not scena.caso.permessi.exists()
    scena.fa("accetta")
    assert reads(scena.altra, scena.caso)
    assert PresaInCarico.objects.filter(conclusa_il__isnull=True).get().assegnata_a == scena.altra


def test_proposal_older_than_the_seal_neither_opens_the_case_nor_puts_its_sealer_out():
    scena = Scena(stato="in_valutazione")
    scena.fa("assegna")
    seal(by=attore_for(scena.assistente), caso=scena.caso.pk)
    with pytest.raises(Impossibile, match="Adesso non puoi"):
        scena.fa("accetta")
    assert not reads(scena.altra, scena.caso)
    assert reads(scena.assistente, scena.caso)
    assert {each.operatore for each in scena.caso.nominati.all()} == {scena.assistente, scena.coordinatore}
    scena.fa("rifiuta")


@pytest.mark.parametrize("named", ["coordinatore", "altra"])
def test_accepting_a_sealed_case_names_the_new_responsible_on_the_seal(named):
    """Where who accepts is on the list, or who assigns was when he did: a seal always names the office."""
    scena = Scena(stato="in_valutazione")
    if named == "altra":
        scena.fa("assegna")
    seal(by=attore_for(scena.assistente), caso=scena.caso.pk, nominati=[scena.altra] if named == "altra" else [])
    if named == "coordinatore":
        scena.fa("assegna")
    scena.fa("accetta")
    assert reads(scena.altra, scena.caso)


def test_name_taken_off_the_seal_lets_nobody_in():
    scena = Scena(stato="in_valutazione")
    by = attore_for(scena.assistente)
    OperatoreFactory(ente=scena.ente, ruolo="coordinatore")
    seal(by=by, caso=scena.caso.pk)
    scena.fa("assegna")
    remove_name(by=by, caso=scena.caso.pk, nominato=scena.caso.nominati.get(operatore=scena.coordinatore))
    with pytest.raises(Impossibile, match="Adesso non puoi"):
        scena.fa("accetta")


def test_desk_sorts_cases_by_what_they_wait_for():
    scena = Scena(stato="in_valutazione")
    by = attore_for(scena.coordinatore)

    def desk():
        found = assegnazioni(by)
        return {name: len(found.di(name)) for name in ("da_assegnare", "in_attesa", "in_carico")}

    assert desk() == {"da_assegnare": 1, "in_attesa": 0, "in_carico": 0}
    scena.fa("assegna")
    assert desk() == {"da_assegnare": 0, "in_attesa": 1, "in_carico": 0}
    scena.fa("accetta")
    assert desk() == {"da_assegnare": 0, "in_attesa": 0, "in_carico": 1}
    assert not assegnazioni(attore_for(scena.altrove)).di("in_carico")


def test_desk_shows_a_closing_to_countersign_until_it_is():
    scena = Scena(stato="preso_in_carico")
    by = attore_for(scena.coordinatore)
    voce(scena.caso, scena.assistente, livello=5)
    assert not assegnazioni(by).di("da_controfirmare")
    scena.fa("avvia_chiusura")
    assert [caso.pk for caso in assegnazioni(by).di("da_controfirmare")] == [scena.caso.pk]
    scena.fa("controfirma")
    assert not assegnazioni(by).di("da_controfirmare")


def test_desk_never_names_a_person_in_care_nor_opens_a_case(riservato, confirmed):
    scena = Scena(stato="in_valutazione")
    famiglia(scena.caso, cognome="Canarino", contatto_sicuro="Canarino mai di sera")
    scena.fa("assegna")
    riservato.force_login(scena.coordinatore.utente)
    confirmed()
    addresses = [reverse("casi:assegnazioni"), *(
        reverse(f"casi:{name}", args=[scena.caso.pk]) for name in ("assegna", "trasferisci", "controfirma")
    )]  # fmt: skip
    for address in addresses:
        page = riservato.get(address).content.decode()
        assert scena.caso.numero in page
        assert "Canarino" not in page
        assert f'"/casi/{scena.caso.pk}/"' not in page
    assert riservato.get(reverse("casi:scheda", args=[scena.caso.pk])).status_code == 404


def test_load_of_each_social_worker_is_a_count_of_live_cases():
    scena = Scena(stato="preso_in_carico")
    incarica(CasoFactory(ente_titolare=scena.ente, stato="chiuso"), scena.assistente)
    Scena(stato="in_valutazione", ente=scena.ente).fa("assegna", assistente=scena.altra)
    loads = {each.pk: (each.carico, each.proposti) for each in assistenti(attore_for(scena.coordinatore))}
    assert loads[scena.assistente.pk] == (1, None)
    assert loads[scena.altra.pk] == (None, 1)


@pytest.mark.parametrize("spento", [{"utente__is_active": False}, {"utente__is_superuser": True}])
def test_who_would_be_refused_is_not_offered(spento):
    scena = Scena(stato="in_valutazione")
    away = OperatoreFactory(ente=scena.ente, ruolo="assistente_sociale", in_rete=False, **spento)
    with pytest.raises(Impossibile):
        scena.fa("assegna", assistente=away)
    assert {each.pk for each in assistenti(attore_for(scena.coordinatore))} == {scena.assistente.pk, scena.altra.pk}


def test_load_leaves_out_the_cases_that_are_not_there_for_who_reads_it():
    scena = Scena(stato="preso_in_carico")
    by = attore_for(scena.coordinatore)
    hidden = CasoFactory(ente_titolare=scena.ente, stato="preso_in_carico")
    incarica(hidden, scena.assistente)
    offered = Scena(stato="in_valutazione", ente=scena.ente)
    offered.fa("assegna", assistente=scena.altra)

    def loads():
        return {each.pk: (each.carico, each.proposti) for each in assistenti(by)}

    assert (loads()[scena.assistente.pk], loads()[scena.altra.pk]) == ((2, None), (None, 1))
    for caso in (hidden, offered.caso):
        IncompatibilitaFactory(caso=caso, utente=scena.coordinatore.utente)
    assert (loads()[scena.assistente.pk], loads()[scena.altra.pk]) == ((1, None), (None, None))


def test_whole_hand_over_through_the_pages(riservato):
    scena = Scena(stato="in_valutazione")
    pk = scena.caso.pk

    def post(operatore, name, **data):
        riservato.force_login(operatore.utente)
        address = reverse(f"casi:{name}", args=[pk])
        page = riservato.get(address).content.decode()
        sent = dict(re.findall(r'name="(chiave|versione)" value="([^"]+)"', page))
        return riservato.post(address, {**sent, **data})

    assert post(scena.coordinatore, "assegna", assistente=scena.altra.pk).status_code == 302
    riservato.force_login(scena.altra.utente)
    assert scena.caso.numero in riservato.get("/").content.decode()
    day = OGGI()
    answer = post(
        scena.altra, "accetta", base_giuridica="compito_pubblico", avviso_alla_famiglia_il=day.isoformat(),
        prossima_verifica=(day + timedelta(days=30)).isoformat(),
    )  # fmt: skip
    assert (answer.status_code, answer["Location"]) == (302, f"/casi/{pk}/")
    assert riservato.get(f"/casi/{pk}/").status_code == 200
    assert post(scena.altra, "passo_sospende", motivo="").status_code == 422
    assert post(scena.altra, "passo_sospende", motivo="La famiglia è via.").status_code == 302
    page = riservato.get(reverse("casi:passo_sospende", args=[pk]))
    assert (page.status_code, "non è più possibile" in page.content.decode()) == (200, True)
    assert riservato.get(reverse("casi:accetta", args=[pk])).status_code == 404


@pytest.mark.parametrize("kept", [{"chiave", "versione"}, {"chiave"}])
def test_page_opened_before_the_case_was_accepted_takes_it_from_nobody(riservato, kept):
    """The same button means another step by then: «Assegna» would put out who has just accepted."""
    scena = Scena(stato="in_valutazione")
    riservato.force_login(scena.coordinatore.utente)
    address = reverse("casi:assegna", args=[scena.caso.pk])
    modulo = riservato.get(address).context["modulo"]
    scena.fa("assegna")
    scena.fa("accetta")
    sent = {name: modulo[name].value() for name in kept} | {"assistente": scena.assistente.pk}
    refused = riservato.post(address, sent)
    assert (refused.status_code, "intanto è cambiato" in refused.content.decode()) == (422, True)
    assert reads(scena.altra, scena.caso)
    assert PresaInCarico.objects.count() == 1


def test_work_of_the_day_leads_to_accepting_and_declining_what_is_proposed(riservato):
    scena = Scena(stato="in_valutazione")
    scena.fa("assegna")
    riservato.force_login(scena.altra.utente)
    page = riservato.get("/").content.decode()
    for name, words in (("accetta", "Accetta"), ("rifiuta", "Rifiuta")):
        address = re.search(rf'href="([^"]+)">{words}<span class="visually-hidden"> {scena.caso.numero}<', page)[1]
        assert address == reverse(f"casi:{name}", args=[scena.caso.pk])
        assert riservato.get(address).status_code == 200


def test_proposal_waiting_too_long_is_told_to_both(riservato):
    scena = Scena(stato="in_valutazione")
    scena.fa("assegna")
    PresaInCarico.objects.update(assegnata_il=timezone.now() - timedelta(days=PER_ACCETTARE + 1))
    riservato.force_login(scena.altra.utente)
    assert "aspetta da troppo" in riservato.get("/").content.decode()
    riservato.force_login(scena.coordinatore.utente)
    assert "Da troppo" in riservato.get("/assegnazioni/").content.decode()
    assert "1 da più di" in riservato.get("/").content.decode()


def test_desk_is_in_the_register_with_the_numbers_it_showed():
    scena = Scena(stato="in_valutazione")
    assegnazioni(attore_for(scena.coordinatore))
    line = Registro.objects.get()
    assert (line.azione, line.casi, line.risultati) == ("elencare_da_assegnare", [scena.caso.pk], 1)
