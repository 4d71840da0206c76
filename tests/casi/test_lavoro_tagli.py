"""Where «Il mio lavoro» shows the first of many it says how many there are, and nothing unseen is put away."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from casi.models import Avviso, PresaInCarico, Valutazione
from casi.selectors import lavoro
from casi.selectors.lavoro import SHOWN
from tests.factories.casi import CasoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.incaricati import incarica

pytestmark = pytest.mark.django_db


@pytest.fixture
def assistente(riservato):
    found = OperatoreFactory(ruolo="assistente_sociale")
    riservato.force_login(found.utente)
    return found


def shown(page: str) -> list[str]:
    return re.findall(r'name="mostrato" value="(\d+)"', page)


def notices(assistente, many: int) -> None:
    for _each in range(many):
        Avviso.objects.create(destinatario=assistente, tipo="incarico_finito")


def test_all_read_puts_away_what_the_page_showed_and_nothing_else(riservato, assistente):
    Avviso.objects.create(destinatario=assistente, tipo="presa_in_carico")  # shows by itself
    altrui = Avviso.objects.create(destinatario=OperatoreFactory(), tipo="abuso")
    notices(assistente, SHOWN + 2)
    page = riservato.get("/").content.decode()
    assert len(shown(page)) == SHOWN
    assert f"In tutto sono {SHOWN + 2}" in page
    assert "Segna questi come letti" in page
    since = Avviso.objects.create(destinatario=assistente, tipo="emergenza")
    assert riservato.post("/avvisi/letti/", {"mostrato": [*shown(page), altrui.pk, "x", "9" * 40]}).status_code == 302
    page = riservato.get("/").content.decode()
    assert len(shown(page)) == 3
    assert str(since.pk) in shown(page)
    assert "Segna tutti come letti" in page
    assert "In tutto" not in page
    altrui.refresh_from_db()
    assert altrui.letto_il is None


def test_old_button_that_names_no_notice_puts_none_away(riservato, assistente):
    notices(assistente, 2)
    assert riservato.post("/avvisi/letti/").status_code == 302
    assert not Avviso.objects.filter(letto_il__isnull=False).exists()


def test_button_of_one_notice_puts_away_that_one_among_those_shown(riservato, assistente):
    notices(assistente, 2)
    first, second = Avviso.objects.order_by("pk")
    riservato.post("/avvisi/letti/", {"mostrato": [first.pk, second.pk], "avviso": second.pk})
    assert list(Avviso.objects.filter(letto_il__isnull=True)) == [first]


@pytest.mark.parametrize("extra", [0, 1])
def test_households_to_tell_and_cases_that_wait_are_counted_where_they_are_cut(riservato, assistente, extra):
    for _each in range(6 + extra):
        caso = CasoFactory(ente_titolare=assistente.ente, stato="preso_in_carico")
        incarica(caso, assistente)
        now = timezone.now()
        PresaInCarico.objects.create(caso=caso, assegnata_a=assistente, assegnata_da=assistente, accettata_il=now)
    for _each in range(8 + extra):
        caso = CasoFactory(ente_titolare=assistente.ente, stato="in_valutazione")
        incarica(caso, assistente)
        Valutazione.objects.create(caso=caso, autore=assistente, conclusa_il=timezone.now())
    page = riservato.get("/").content.decode()
    assert page.count("La famiglia sa chi la segue?") == 6
    assert ("In tutto sono 7" in page) == bool(extra)
    assert ("I casi che aspettano altri sono 9 in tutto" in page) == bool(extra)


@pytest.mark.parametrize("more", [0, 1])
def test_number_counted_among_the_first_alone_says_that_there_may_be_more(riservato, assistente, monkeypatch, more):
    yesterday = timezone.localdate() - timedelta(days=1)
    for _each in range(7 + more):
        caso = CasoFactory(ente_titolare=assistente.ente, stato="preso_in_carico", prossima_verifica=yesterday)
        incarica(caso, assistente)
    monkeypatch.setattr(lavoro, "MOST", 7)
    page = riservato.get("/").content.decode()
    assert ("In tutto sono 7." in page) == (not more)
    assert ("Sono almeno 7." in page) == bool(more)
