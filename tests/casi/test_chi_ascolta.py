"""Who may listen (domain.md §4.1): volunteers and social workers of the body, and nobody else. Who only answers for it
is offered no more than he may do, and is told who listens."""

import re
import uuid
from datetime import timedelta
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from casi import policies
from casi.actions import ascolti
from casi.actions.aggiunta import aggiungi
from casi.actions.cancellazione_chiesta import Domanda, ask_for
from casi.errori import Vietato
from casi.models import PrimoAscolto, Registro
from casi.ruoli import Azione
from casi.selectors.lavoro import lavoro
from catalogo.models.operatore import RuoloOperatore
from tests.factories.casi import (
    AmmissioneFactory,
    AscoltoFactory,
    CasoFactory,
    PrimoAscoltoFactory,
    RichiestaFactory,
    SegnalazioneFactory,
)
from tests.factories.catalogo import AdesioneFactory, BisognoFactory, OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import incarica, on_case
from tests.support.percorso import Scena

from .test_ascolti import told

pytestmark = pytest.mark.django_db
ASCOLTANO = {"volontario_ascolto", "assistente_sociale"}
PERSO = uuid.UUID("00000000-0000-4000-8000-000000000000")
CHI_ASCOLTA = "L'ascolto lo scrive un volontario d'ascolto o un assistente sociale del tuo ente."
ALTRUI = {"ascolta": "segnalato", "orienta": "primo_ascolto"}


@pytest.fixture
def bisogno():
    return BisognoFactory(codice="mangiare", nome="Mangiare")


@pytest.fixture
def referente():
    return OperatoreFactory(ruolo="referente")


def said() -> dict:
    return {name: value for name, value in told().items() if name not in ("chiave", "quando")}


def same_as_absent(riservato, address: str, absent: str) -> None:
    """Byte by byte, asked and sent."""
    for ask in (riservato.get, riservato.post):
        forbidden, missing = ask(address), ask(absent)
        assert forbidden.status_code == missing.status_code == 404, address
        assert forbidden.content == missing.content


# --- on a case


@pytest.mark.parametrize("passo", ALTRUI)
@pytest.mark.parametrize("ruolo", RuoloOperatore.values)
def test_step_is_taken_by_volunteers_and_social_workers_of_the_holder_alone(riservato, ruolo, passo):
    scena = Scena(stato=ALTRUI[passo])
    chi = on_case(scena.caso, "collaboratore", ruolo=ruolo, ente=scena.ente)
    riservato.force_login(chi.operatore.utente)
    address = reverse(f"casi:passo_{passo}", args=[scena.caso.pk])
    if ruolo in ASCOLTANO:
        assert riservato.get(address).status_code == 200
        scena.fa(passo, by=chi)
        return
    before = scena.istantanea()
    with pytest.raises(Vietato):
        scena.fa(passo, by=chi)
    same_as_absent(riservato, address, reverse(f"casi:passo_{passo}", args=[PERSO]))
    assert scena.istantanea() == before


@pytest.mark.parametrize("ruolo", RuoloOperatore.values)
def test_conversation_is_written_on_a_case_by_the_same_alone(riservato, bisogno, ruolo):
    caso = CasoFactory(stato="primo_ascolto")
    chi = on_case(caso, "collaboratore", ruolo=ruolo, ente=caso.ente_titolare)
    riservato.force_login(chi.operatore.utente)
    address = reverse("casi:ascolto_sul_caso", args=[caso.pk])
    if ruolo in ASCOLTANO:
        assert riservato.post(address, told()).status_code == 302
        assert PrimoAscolto.objects.get().caso == caso
        return
    with pytest.raises(Vietato):
        ascolti.scrivi_sul_caso(by=chi, caso=caso.pk, **said())
    same_as_absent(riservato, address, reverse("casi:ascolto_sul_caso", args=[PERSO]))
    assert not PrimoAscolto.objects.exists()


@pytest.mark.parametrize("ruolo", sorted(ASCOLTANO))
def test_who_is_of_an_admitted_body_listens_on_no_case_of_the_holder(riservato, ruolo):
    """He reads the case and writes his diary: the steps are for the people of who holds it, whatever the state."""
    caso = CasoFactory(stato="preso_in_carico")
    chi = on_case(caso, "collaboratore", ruolo=ruolo)
    AmmissioneFactory(caso=caso, ente=chi.operatore.ente, ambiti=["sintesi", "contatti", "interventi"])
    mate = on_case(caso, "collaboratore", ruolo=ruolo, ente=caso.ente_titolare)
    assert Azione.ASCOLTARE in policies.azioni_su(mate, caso.pk)
    allowed = policies.azioni_su(chi, caso.pk)
    assert (Azione.SCRIVERE_DIARIO in allowed, Azione.ASCOLTARE in allowed) == (True, False)
    with pytest.raises(Vietato):
        ascolti.scrivi_sul_caso(by=chi, caso=caso.pk, **said())
    riservato.force_login(chi.operatore.utente)
    for nome in ("passo_ascolta", "passo_orienta", "ascolto_sul_caso"):
        same_as_absent(riservato, reverse(f"casi:{nome}", args=[caso.pk]), reverse(f"casi:{nome}", args=[PERSO]))


def test_case_at_its_beginning_offers_the_referent_its_diary_and_no_listening(riservato):
    scena = Scena()
    referente, volontario = (
        on_case(scena.caso, "collaboratore", ruolo=ruolo, ente=scena.ente)
        for ruolo in ("referente", "volontario_ascolto")
    )
    assert [lavoro(each).miei[0].passo for each in (volontario, referente)] == ["ascolta", ""]
    riservato.force_login(referente.operatore.utente)
    listens = ("casi:passo_ascolta", "casi:passo_orienta", "casi:ascolto_sul_caso")
    for stato in ("segnalato", "primo_ascolto"):
        scena.caso.stato = stato
        scena.caso.save()
        for page in ("casi:scheda", "casi:ascolti_del_caso"):
            shown = riservato.get(reverse(page, args=[scena.caso.pk])).content.decode()
            assert reverse("casi:diario_scrivi", args=[scena.caso.pk]) in shown
            assert not [each for each in listens if reverse(each, args=[scena.caso.pk]) in shown]
    riservato.force_login(volontario.operatore.utente)
    shown = riservato.get(reverse("casi:scheda", args=[scena.caso.pk])).content.decode()
    assert reverse("casi:ascolto_sul_caso", args=[scena.caso.pk]) in shown


# --- of no case yet


@pytest.mark.parametrize("ruolo", sorted(set(RuoloOperatore.values) - ASCOLTANO))
def test_conversation_of_no_case_is_neither_written_nor_read_by_anybody_else(riservato, bisogno, ruolo):
    chi = OperatoreFactory(ruolo=ruolo)
    richiesta, ascolto = RichiestaFactory(ente=chi.ente), AscoltoFactory(ente=chi.ente, operatore=chi)
    by, caso = attore_for(chi), CasoFactory(ente_titolare=chi.ente)
    incarica(caso, chi, "collaboratore")
    domanda = Domanda(richiesta.ricevuta_il.date(), "non_servono", "")
    for refused in (
        lambda: ascolti.scrivi(by=by, **said()),
        lambda: ascolti.scrivi(by=by, tipo="richiesta", arrivo=richiesta.pk, **said()),
        lambda: ascolti.scrivi(by=by, seguito=ascolto.pk, **said()),
        lambda: ascolti.correggi(by=by, ascolto=ascolto.pk, versione=1, sigla="X"),
        lambda: aggiungi(by=by, ascolto=ascolto.pk, caso=caso.pk),
        lambda: ask_for(by=by, cosa="ascolto", pk=ascolto.pk, domanda=domanda),
    ):
        with pytest.raises(Vietato):
            refused()
    assert list(policies.ascolti_visibili(by)) == list(policies.ascolti_passati(by)) == []
    assert PrimoAscolto.objects.get() == ascolto
    riservato.force_login(chi.utente)
    for address in ("/ascolti/", "/ascolti/nuovo/"):
        same_as_absent(riservato, address, f"/ascolti/{PERSO}/correggi/")
    for nome in ("ascolto_seguito", "ascolto_correggi", "ascolto_aggiungi", "copia_ascolto", "cancellazione_ascolto"):
        same_as_absent(riservato, reverse(f"casi:{nome}", args=[ascolto.pk]), reverse(f"casi:{nome}", args=[PERSO]))
    asked = [reverse("casi:ascolto_da_richiesta", args=[each]) for each in (richiesta.pk, PERSO)]
    same_as_absent(riservato, *asked)
    refusals = Registro.objects.filter(esito="negato", azione="scrivere_ascolto")
    assert set(refusals.values_list("operatore_id", flat=True)) == {chi.pk}


def links(page: str) -> set[str]:
    found = set(re.findall(r'<a [^>]*href="(/[^"#]*)', page)) | set(re.findall(r'<form [^>]*action="(/[^"]*)', page))
    return {each for each in found if not each.startswith(("/accesso/", "/avvisi/", "/stampe/"))}


def test_referent_finds_at_the_desk_what_he_may_do_and_is_told_who_listens(riservato, referente):
    """From every page he is led to, no link ends on one that is not for him."""
    richiesta, alert = RichiestaFactory(ente=referente.ente), SegnalazioneFactory(ente=referente.ente)
    PrimoAscoltoFactory(ente=referente.ente, richiesta=richiesta)
    OperatoreFactory(ruolo="volontario_ascolto", ente=referente.ente)
    riservato.force_login(referente.utente)
    addresses = ("/", "/arrivi/", f"/arrivi/richieste/{richiesta.pk}/", f"/arrivi/segnalazioni/{alert.pk}/")
    pages = {address: riservato.get(address).content.decode() for address in addresses}
    for address, page in pages.items():
        assert not [each for each in links(page) if "ascolt" in each], address
    assert [CHI_ASCOLTA in unescape(page) for page in pages.values()] == [False, False, True, True]
    assert 'href="/arrivi/nuova/"' in pages["/arrivi/"]
    for address in sorted(set().union(*map(links, pages.values()))):
        assert riservato.get(address).status_code in {200, 302}, address


NESSUNO = "In questo ente nessuno può ascoltare"
ALTRI = {
    "nobody": [],
    "gone": [{"al": timezone.localdate() - timedelta(days=1)}],
    "account": [{"utente__is_active": False}],
    "desk": [{"ruolo": "operatore_sportello"}],
    "there": [{}],
}


@pytest.mark.parametrize("chi", ALTRI)
def test_body_where_nobody_may_listen_is_told_so_at_its_desk_and_to_who_accredits(riservato, confirmed, coordina, chi):
    """Not of one that reads nothing of what arrives: to that nothing is sent."""
    confirmed()
    listens = OperatoreFactory(ente=coordina.ente, ruolo="assistente_sociale", in_rete=False)
    ente, mute = (AdesioneFactory(accordo=coordina.ente.accordi_guidati.get()).ente for _each in range(2))
    referente = OperatoreFactory(ente=ente, ruolo="referente")
    OperatoreFactory(ente=mute, ruolo="operatore_sportello")
    for altro in ALTRI[chi]:
        OperatoreFactory(**{"ruolo": "volontario_ascolto", "ente": ente, **altro})
    addresses = ("/arrivi/", f"/arrivi/richieste/{RichiestaFactory(ente=ente).pk}/")
    riservato.force_login(referente.utente)
    pages = [riservato.get(each).content.decode() for each in addresses]
    riservato.force_login(coordina.utente)
    pages.append(riservato.get("/rete/").content.decode())
    assert [page.count(NESSUNO) for page in pages] == [int(chi != "there")] * 3
    listens.utente.is_active = False
    listens.utente.save()
    assert riservato.get("/rete/").content.decode().count(NESSUNO) == int(chi != "there") + 1, "of who leads, too"


def test_desk_with_nothing_says_what_each_may_write(riservato, referente):
    volontario = OperatoreFactory(ruolo="volontario_ascolto", ente=referente.ente)
    for chi, what in ((referente, "scrivi una richiesta"), (volontario, "scrivi un ascolto")):
        riservato.force_login(chi.utente)
        page = riservato.get("/arrivi/").content.decode()
        assert f"Se qualcuno ti parla di persona, {what}." in page


@pytest.mark.parametrize("ruolo", sorted(ASCOLTANO))
def test_who_listens_is_offered_it_at_the_desk_and_not_told_who_does(riservato, ruolo):
    chi = OperatoreFactory(ruolo=ruolo)
    richiesta, alert = RichiestaFactory(ente=chi.ente), SegnalazioneFactory(ente=chi.ente)
    riservato.force_login(chi.utente)
    desk = riservato.get("/arrivi/").content.decode()
    assert {"/ascolti/", "/ascolti/nuovo/"} <= links(desk)
    for nome, row in (("richiesta", richiesta), ("segnalazione", alert)):
        page = riservato.get(reverse(f"casi:{nome}", args=[row.pk])).content.decode()
        assert reverse(f"casi:ascolto_da_{nome}", args=[row.pk]) in links(page)
        assert "lo scrive un volontario" not in page
