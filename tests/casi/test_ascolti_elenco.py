"""The list of a body's conversations goes on past its first page, and finds who comes back under her code."""

import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

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
