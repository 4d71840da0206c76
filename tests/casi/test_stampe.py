"""A page that goes to the printer leaves its own line, about all that the page showed, and tells nobody anything."""

import re
from dataclasses import replace
from uuid import UUID, uuid4

import pytest
from django.urls import reverse

from casi.actions.stampe import printed
from casi.frasi import done
from casi.models import Incarico, Registro
from casi.selectors.arrivi import scrivania
from casi.selectors.casi import elenco_casi
from casi.selectors.rapporto import report
from casi.selectors.registro import Filtro, consult, rubrica
from tests.factories.casi import CasoFactory, RichiestaFactory
from tests.support.attori import attore_for
from tests.support.incaricati import incarica, responsabile
from tests.support.percorso import Scena

pytestmark = pytest.mark.django_db
MODULO = re.compile(r'<form action="(/stampe/[0-9a-f-]{36}/)" method="post" data-stampa hidden>')


@pytest.fixture
def scena():
    return Scena(stato="preso_in_carico")


@pytest.fixture
def stampe():
    """The lines of what was printed, oldest first."""
    return Registro.objects.filter(azione="stampare").order_by("pk")


def opened(client, scena, operatore) -> str:
    """The case page, opened by him: where it says that it is printed."""
    client.force_login(operatore.utente)
    page = client.get(reverse("casi:scheda", args=[scena.caso.pk]))
    return MODULO.search(page.content.decode())[1]


def of(attore, lettura: UUID):
    """The same person, in a request whose key is known."""
    return replace(attore, richiesta=lettura)


def test_printed_case_leaves_one_line_about_it_each_time(riservato, scena, stampe):
    address = opened(riservato, scena, scena.assistente)
    for times in (1, 2):
        answer = riservato.post(address)
        assert (answer.status_code, answer.content) == (204, b"")
        assert stampe.count() == times
    line, read = stampe.first(), Registro.objects.get(azione="vedere_caso")
    assert (line.casi, line.finalita, line.esito) == ([scena.caso.pk], "vedere_caso", "consentito")
    assert (line.operatore_id, line.sessione) == (read.operatore_id, read.sessione)
    assert line.richiesta != read.richiesta


def test_printed_list_is_about_all_the_cases_it_showed(scena, stampe):
    attore, lettura = attore_for(scena.assistente), uuid4()
    other = CasoFactory(ente_titolare=scena.ente)
    incarica(other, scena.assistente)
    elenco_casi(of(attore, lettura))
    printed(by=attore, lettura=lettura)
    assert set(stampe.get().casi) == {scena.caso.pk, other.pk}


def test_printed_requests_are_named_one_by_one_or_in_their_list(riservato, scena, stampe):
    attore, lettura = attore_for(scena.assistente), uuid4()
    one, two = RichiestaFactory(ente=scena.assistente.ente), RichiestaFactory(ente=scena.assistente.ente)
    scrivania(of(attore, lettura))
    printed(by=attore, lettura=lettura)
    assert set(stampe.get().oggetti) == {one.pk, two.pk}
    riservato.force_login(scena.assistente.utente)
    page = riservato.get(reverse("casi:richiesta", args=[one.pk]))
    riservato.post(MODULO.search(page.content.decode())[1])
    assert stampe.last().oggetti == [one.pk]
    assert stampe.last().finalita == "gestire_arrivi"


def test_what_is_on_paper_is_written_though_the_case_is_his_no_more(riservato, scena, stampe):
    address = opened(riservato, scena, scena.assistente)
    Incarico.objects.all().delete()
    assert riservato.post(address).status_code == 204
    assert stampe.get().casi == [scena.caso.pk]


def test_reading_of_somebody_else_of_another_session_or_of_nobody_is_all_the_same_and_writes_nothing(
    riservato, scena, stampe
):
    """Nobody writes what another did, nor learns whether there was a request with that key."""
    address = opened(riservato, scena, scena.assistente)
    riservato.logout()
    riservato.force_login(scena.assistente.utente)
    before = Registro.objects.count()
    again = riservato.post(address)
    riservato.force_login(scena.altra.utente)
    answers = [again, *(riservato.post(each) for each in (address, f"/stampe/{uuid4()}/"))]
    assert {(each.status_code, each.content) for each in answers} == {(204, b"")}
    assert Registro.objects.count() == before


def test_what_was_read_for_another_body_in_the_same_session_is_not_printed_for_this_one(scena, stampe):
    lettura = uuid4()
    elenco_casi(of(attore_for(scena.assistente), lettura))
    printed(by=attore_for(scena.altra), lettura=lettura)
    assert not stampe.exists()


def test_refusal_showed_nothing_to_print(riservato, scena, stampe):
    riservato.force_login(scena.altra.utente)
    page = riservato.get(reverse("casi:scheda", args=[scena.caso.pk]))
    assert page.status_code == 404
    assert "/stampe/" not in page.content.decode()
    refused = Registro.objects.get(esito="negato")
    riservato.post(f"/stampe/{refused.richiesta}/")
    assert not stampe.exists()


def test_who_has_no_tie_prints_nothing_and_no_page_can_be_opened_for_it(riservato, scena, stampe):
    address = opened(riservato, scena, scena.assistente)
    assert riservato.get(address).status_code == 405
    scena.assistente.al = scena.assistente.dal
    scena.assistente.save(update_fields=["al"])
    assert riservato.post(address).status_code == 401
    assert not stampe.exists()


def test_person_and_privacy_officer_are_told(caso, dpo):
    attore, lettura = responsabile(caso), uuid4()
    elenco_casi(of(attore, lettura))
    printed(by=attore, lettura=lettura)
    said = [str(each.fatto) for each in report(attore, caso.pk)[1].accessi]
    assert "Ha stampato la pagina che leggeva" in said
    assert str(done("stampare", "vedere_persone")) == "Ha stampato la pagina che leggeva"
    righe = consult(attore_for(dpo), Filtro(azione="stampare"), rubrica()).righe
    assert [riga.casi for riga in righe] == [[caso.numero]]
    assert righe[0].precisamente == (
        "Stampa la pagina che sta leggendo: anche questo resta scritto · Vede l'elenco dei casi che segue"
    )
