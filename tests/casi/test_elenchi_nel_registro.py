"""A list of requests, alerts or conversations leaves behind which ones it showed: who asks who saw hers is told."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casi.actions.cancellazione_chiesta import Domanda, ask_for, extend
from casi.actions.conservazione import approve, execute, propose
from casi.models import Registro
from casi.ruoli import Azione
from casi.selectors.arrivi import scrivania
from casi.selectors.ascolti import elenco_ascolti
from casi.selectors.conservazione import open_scarto, to_propose
from casi.selectors.lavoro import lavoro
from casi.selectors.rapporto import accesses, accesses_before, gathered
from casi.selectors.registro import Filtro, consult, export, rubrica
from tests.factories.casi import CasoFactory, PrimoAscoltoFactory, RichiestaFactory, SegnalazioneFactory
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import responsabile
from tests.support.scarti import hold, lead, years_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def volontario():
    return OperatoreFactory(ruolo="volontario_ascolto")


@pytest.fixture
def dpo():
    return OperatoreFactory(ruolo="responsabile_privacy")


def written() -> list:
    return Registro.objects.latest("pk").oggetti


def test_desk_says_also_which_proposals_of_others_it_showed(volontario):
    sociale = OperatoreFactory(ente=AccordoFactory().capofila, ruolo="assistente_sociale", in_rete=False)
    other = OperatoreFactory(ruolo="volontario_ascolto", in_rete=False)
    AdesioneFactory(accordo=sociale.ente.accordi_guidati.get(), ente=other.ente)
    proposta = PrimoAscoltoFactory(operatore=other, esito="proposta")
    PrimoAscoltoFactory(operatore=other)
    mine = RichiestaFactory(ente=sociale.ente)
    scrivania(attore_for(sociale))
    assert written() == [mine.pk, proposta.pk]


def test_conversations_listed_are_those_of_the_page_and_what_a_case_took_along(volontario, monkeypatch):
    monkeypatch.setattr("casi.selectors.ascolti.PAGE", 1)
    now = timezone.now()
    first, second = (PrimoAscoltoFactory(operatore=volontario, quando=now - timedelta(hours=n)) for n in (1, 2))
    gone = PrimoAscoltoFactory(operatore=volontario, esito="proposta", caso=CasoFactory(), passato_il=now)
    elenco_ascolti(attore_for(volontario))
    assert written() == [first.pk, gone.pk]
    elenco_ascolti(attore_for(volontario), dopo=first.pk)
    assert written() == [second.pk]


def test_first_page_says_of_whom_it_told_that_she_is_to_be_informed(volontario):
    soon = SegnalazioneFactory(ente=volontario.ente, avvisare_entro=timezone.localdate())
    SegnalazioneFactory(ente=volontario.ente, avvisare_entro=timezone.localdate() + timedelta(days=20))
    lavoro(attore_for(volontario))
    assert written() == [soon.pk]


def test_links_to_what_a_conversation_follows_and_to_what_follows_it_are_a_list(riservato, volontario):
    first = PrimoAscoltoFactory(operatore=volontario)
    second, _alone = PrimoAscoltoFactory(operatore=volontario, seguito_di=first), PrimoAscoltoFactory()
    third = PrimoAscoltoFactory(operatore=volontario, seguito_di=second)
    riservato.force_login(volontario.utente)
    riservato.get(f"/ascolti/{second.pk}/")
    assert set(written()) == {first.pk, third.pk}
    assert [str(each.fatto) for each in accesses_before(first.pk)] == ["Ha visto la richiesta in un elenco"]
    lines = Registro.objects.count()
    riservato.get(f"/ascolti/{PrimoAscoltoFactory(operatore=volontario).pk}/")
    assert Registro.objects.count() == lines + 1


def test_person_is_told_of_the_lists_her_request_was_in_as_lists(volontario):
    """How often in a day, beside who has opened it; not of those it was not in."""
    mine, other = (RichiestaFactory(ente=volontario.ente) for _each in range(2))
    for _time in range(3):
        scrivania(attore_for(volontario))
    other.delete()
    mine.caso = CasoFactory(ente_titolare=volontario.ente)
    mine.save()
    scrivania(attore_for(volontario))
    told = [(str(each.fatto), each.volte) for each in gathered(accesses(mine.caso_id))]
    assert told == [("Ha visto la richiesta in un elenco", 3)]


def test_privacy_officer_finds_the_lists_a_receipt_was_in_and_reads_receipts(riservato, act_as, volontario, dpo):
    mine, alert = RichiestaFactory(ente=volontario.ente), SegnalazioneFactory(ente=volontario.ente)
    scrivania(attore_for(volontario))
    scrivania(attore_for(OperatoreFactory(ruolo="volontario_ascolto")))
    for sought in (mine.codice, str(mine.pk)):
        (riga,) = consult(attore_for(dpo), Filtro(codice=sought, azione="gestire_arrivi"), rubrica()).righe
        assert sorted(riga.altro) == sorted([mine.codice, alert.codice])
    riservato.force_login(dpo.utente)
    act_as("riservato")
    page = riservato.post("/registro/", {"codice": mine.codice, "azione": "gestire_arrivi"}).content.decode()
    assert alert.codice in page
    found = Filtro(codice=mine.codice, azione="gestire_arrivi")
    heading, row = export(attore_for(dpo), found, rubrica())
    assert set(row[heading.index("arrivi e ascolti")].split()) == {mine.codice, alert.codice}


def test_what_is_erased_is_still_found_by_its_key(volontario, dpo):
    mine = RichiestaFactory(ente=volontario.ente)
    scrivania(attore_for(volontario))
    key = str(mine.pk)
    mine.delete()
    (riga,) = consult(attore_for(dpo), Filtro(codice=key), rubrica()).righe
    assert riga.altro == [key]


def test_responsible_of_the_case_reads_it_too(riservato, act_as, volontario):
    caso = CasoFactory(ente_titolare=volontario.ente)
    mine = RichiestaFactory(ente=volontario.ente)
    scrivania(attore_for(volontario))
    mine.caso = caso
    mine.save()
    riservato.force_login(responsabile(caso).operatore.utente)
    act_as("riservato")
    page = riservato.post(f"/casi/{caso.pk}/accessi/", {"lingua": "en"}).content.decode()
    assert "Saw the request in a list" in page


# --- disposal: the same, from the list of what is over to the erasing


def test_disposal_names_the_requests_and_conversations_it_was_about(volontario, dpo):
    referente = OperatoreFactory(ente=volontario.ente, ruolo="referente", in_rete=False)
    mine = RichiestaFactory(ente=volontario.ente, ricevuta_il=years_ago(2))
    heard = PrimoAscoltoFactory(operatore=volontario, quando=years_ago(3))
    RichiestaFactory(ente=volontario.ente)
    by, keys = attore_for(referente), {mine.pk, heard.pk}
    who = attore_for(lead(referente, "coordinatore"))
    to_propose(by)
    scarto = propose(by=by)
    open_scarto(who, scarto.pk, Azione.APPROVARE_SCARTO)
    hold(by=by, scarto=scarto.pk, voci=[scarto.voci.get(oggetto="richiesta").pk])
    hold(by=by, scarto=scarto.pk, voci=[])
    approve(by=who, scarto=scarto.pk, atto="verbale 3/2026")
    execute(by=who, scarto=scarto.pk)
    told = [(line.finalita, set(line.oggetti)) for line in Registro.objects.exclude(oggetti=[]).order_by("pk")]
    one = {mine.pk}
    assert told == [
        ("scaduti", keys), ("propone", keys), ("elenco", keys), ("sospende", one), ("toglie la sospensione", one),
        ("esegue", keys),
    ]  # fmt: skip
    found = consult(attore_for(dpo), Filtro(codice=str(mine.pk), azione="approvare_scarto"), rubrica()).righe
    assert [riga.voce.finalita for riga in found] == ["esegue", "elenco"]


def test_wish_to_be_erased_names_the_conversations_that_go_with_the_request(volontario):
    mine = RichiestaFactory(ente=volontario.ente)
    heard = PrimoAscoltoFactory(operatore=volontario, richiesta=mine)
    wish = Domanda(timezone.localdate(), "non_servono", "Non voglio.")
    scarto = ask_for(by=attore_for(volontario), cosa="richiesta", pk=mine.pk, domanda=wish)
    line = Registro.objects.latest("pk")
    assert (line.oggetto_id, line.oggetti) == (mine.pk, [heard.pk])
    referente = OperatoreFactory(ente=volontario.ente, ruolo="referente", in_rete=False)
    extend(by=attore_for(referente), scarto=scarto.pk, detta_il=timezone.localdate(), perche="Manca un parere.")
    assert set(written()) == {mine.pk, heard.pk}
