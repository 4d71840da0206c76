"""The list of a body's conversations goes on past its first page, and finds who comes back under her code."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from casi.actions.ascolti import correggi
from casi.models import PrimoAscolto
from casi.selectors import ascolti
from casi.selectors.ascolti import elenco_ascolti
from tests.factories.casi import PrimoAscoltoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def volontario():
    return OperatoreFactory(ruolo="volontario_ascolto")


@pytest.fixture
def scritti(volontario, monkeypatch):
    """Five, two of the same instant, on pages of two."""
    monkeypatch.setattr(ascolti, "PAGE", 2)
    now = timezone.now()
    hours = (1, 2, 2, 3, 4)
    rows = [PrimoAscoltoFactory(operatore=volontario, quando=now - timedelta(hours=each)) for each in hours]
    return sorted(rows, key=lambda each: (-each.quando.timestamp(), each.pk))


def test_pages_show_each_once(volontario, scritti):
    attore, seen, dopo = attore_for(volontario), [], None
    for more in (True, True, False):
        page = elenco_ascolti(attore, dopo=dopo)
        assert page.altri is more
        seen += page.righe
        dopo = page.ultimo
    assert seen == scritti


def test_page_goes_on_nowhere_from_what_may_not_be_read(volontario, scritti):
    for other in (PrimoAscoltoFactory().pk, uuid.uuid4()):
        assert elenco_ascolti(attore_for(volontario), dopo=other).righe == []


def test_code_is_found_to_the_letter_and_is_in_no_address(riservato, volontario):
    found, other = (PrimoAscoltoFactory(operatore=volontario, sigla=sigla) for sigla in ("A3", "A31"))
    PrimoAscoltoFactory(sigla="A3")
    assert elenco_ascolti(attore_for(volontario), sigla="a3").righe == [found]
    riservato.force_login(volontario.utente)
    page = riservato.post("/ascolti/", {"sigla": "A3"}).content.decode()
    assert f"/ascolti/{found.pk}/" in page
    assert f"/ascolti/{other.pk}/" not in page
    assert "sigla=" not in page
    assert 'method="get"' not in page
    assert f"/ascolti/{other.pk}/" in riservato.get("/ascolti/?sigla=A3").content.decode()
    assert "Nessun ascolto qui" in riservato.post("/ascolti/", {"sigla": "B"}).content.decode()
    assert riservato.get("/ascolti/?dopo=x").status_code == 200


def test_code_is_found_in_whatever_case_with_its_spaces_and_never_a_part(volontario):
    ascolto, attore = PrimoAscoltoFactory(operatore=volontario, sigla="Già 3"), attore_for(volontario)
    for sigla, found in (("gIÀ 3", [ascolto]), ("Già3", []), ("Gia 3", []), ("Già", []), ("Già 3%", []), ("_ià 3", [])):
        assert elenco_ascolti(attore, sigla=sigla).righe == found, sigla


def test_equal_codes_are_alike_within_a_body_and_tell_two_bodies_nothing(volontario):
    """What the database says to who has only a copy of it."""
    ours = [PrimoAscoltoFactory(operatore=volontario, sigla=sigla) for sigla in ("A3", "a3", "")]
    theirs = PrimoAscoltoFactory(sigla="A3")
    assert ours[0].indice_sigla == ours[1].indice_sigla != ""
    assert theirs.indice_sigla not in ("", ours[0].indice_sigla)
    assert ours[2].indice_sigla == ""


def test_code_that_is_changed_or_taken_off_is_found_no_more(volontario):
    ascolto, attore = PrimoAscoltoFactory(operatore=volontario, sigla="A3"), attore_for(volontario)
    for versione, sigla in enumerate(("B4", ""), start=1):
        correggi(by=attore, ascolto=ascolto.pk, versione=versione, sigla=sigla)
        assert elenco_ascolti(attore, sigla="A3").righe == []
        assert elenco_ascolti(attore, sigla="B4").righe == ([ascolto] if sigla else [])
    assert PrimoAscolto.objects.get().indice_sigla == ""


def test_next_page_keeps_the_code(riservato, volontario, scritti):
    for each in scritti:
        each.sigla = "A 3"
        each.save()
    riservato.force_login(volontario.utente)
    page = riservato.post("/ascolti/", {"sigla": "A 3"}).content.decode()
    assert '<input type="hidden" name="sigla" value="A 3">' in page
    assert f'name="dopo" value="{scritti[1].pk}"' in page
    assert "sigla=" not in page
    following = riservato.post("/ascolti/", {"sigla": "A 3", "dopo": str(scritti[1].pk)}).content.decode()
    assert f"/ascolti/{scritti[2].pk}/" in following
    assert f'href="/ascolti/?dopo={scritti[1].pk}"' in riservato.get("/ascolti/").content.decode()


def test_page_of_conversations_stands_under_the_arrivals_that_lead_to_it(riservato, volontario):
    riservato.force_login(volontario.utente)
    page = riservato.get("/ascolti/").content.decode()
    assert page.count("aria-current") == 1
    assert '<a href="/arrivi/" aria-current="true">' in page
