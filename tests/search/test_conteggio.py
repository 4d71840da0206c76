"""Counting searches: a text is kept when enough days or visitors brought it, and nobody is."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError
from django.test import RequestFactory

from search import conteggio
from search.conteggio import Esito, conta
from search.models import ParolaCercata, RicercaVista, SaleDelGiorno

pytestmark = pytest.mark.django_db
OGGI = datetime(2026, 11, 24, 10, tzinfo=UTC)


def search(testo: str = "badante", visitor: int = 1, day: int = 0, found: int = 0, filtri=(), agent="Firefox") -> None:
    request = RequestFactory().get("/cerca/", REMOTE_ADDR=f"192.0.2.{visitor}", headers={"User-Agent": agent})
    request.LANGUAGE_CODE = "it"
    with time_machine.travel(OGGI + timedelta(days=day), tick=False):
        conta(request, testo, Esito(found, filtri))


def kept() -> list[str]:
    return [row.testo for row in ParolaCercata.objects.order_by("testo")]


@pytest.mark.parametrize("how", ["visitor", "day"])
def test_text_is_kept_from_the_fifth(how):
    for number in range(1, 5):
        search(**{how: number})
    assert kept() == []
    search(**{how: 5})
    assert kept() == ["badante"]


def test_one_visitor_of_one_day_counts_once():
    for _again in range(20):
        search()
    assert kept() == []
    assert RicercaVista.objects.count() == 1


def test_visitors_of_different_days_do_not_add_up():
    for visitor, day in [(1, 0), (2, 0), (3, 1), (4, 1), (5, 2), (6, 3)]:
        search(visitor=visitor, day=day)
    assert kept() == []


def test_same_text_in_other_letters_and_spaces_is_the_same():
    for number, testo in enumerate(["Badante", " badante ", "BADANTE", "badante", "baDante"]):
        search(testo, visitor=number)
    assert kept() == ["badante"]


def test_before_the_threshold_there_is_neither_text_nor_address_anywhere():
    search("mario il postino", visitor=77)
    rows = [*RicercaVista.objects.values(), *SaleDelGiorno.objects.values(), *ParolaCercata.objects.values()]
    assert "postino" not in str(rows)
    assert "192.0.2.77" not in str(rows)


def test_salt_of_yesterday_is_gone_and_the_visitor_is_somebody_else():
    search(day=0)
    old = SaleDelGiorno.objects.get().valore
    search(day=1)
    assert SaleDelGiorno.objects.get().valore != old
    assert RicercaVista.objects.values("visitatore").distinct().count() == 2


@pytest.mark.parametrize(
    "testo",
    ["", "   ", "anna@example.org", "0000 555 100", "3331234567", "rssmra80a01h501u", "via Roma 1, 20100 Milano 12345"],
)
def test_what_may_name_somebody_is_never_counted(testo):
    for number in range(6):
        search(testo, visitor=number)
    assert kept() == []
    assert not RicercaVista.objects.exists()


def test_machines_do_not_count():
    for number in range(6):
        search(visitor=number, agent="Googlebot/2.1")
    assert kept() == []


def test_numbers_and_filters_are_those_of_who_came_after_the_threshold():
    for number in range(1, 8):
        search(visitor=number, found=0 if number < 7 else 3, filtri=("comune=999001",))
    row = ParolaCercata.objects.get()
    assert (row.volte, row.a_vuoto, row.risultati) == (3, 2, 3)
    assert (row.filtri, row.filtri_detti) == ({"comune=999001": 3}, "comune=999001 (3)")


def test_what_does_not_get_there_is_forgotten():
    search(day=0)
    search("altro", day=conteggio.GIORNI_DI_ATTESA + 1)
    assert RicercaVista.objects.count() == 1


def test_trouble_with_counting_is_no_trouble_for_who_searches(monkeypatch, caplog):
    def broken(*args):
        raise DatabaseError

    monkeypatch.setattr(conteggio, "_conta", broken)
    search()
    assert "non è stata contata" in caplog.text
