"""Which services are known to be open, at which instant, and what the pages say of it."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db.models import QuerySet

from catalogo.aperto import aperto_fino
from catalogo.models import CatalogoPage, ServizioPage
from home.models import HomePage
from tests.factories.catalogo import (
    AlloggioPageFactory,
    AttivitaSettimanaleFactory,
    CivicCenterPageFactory,
    ServizioPageFactory,
)
from tests.factories.pagine import italian, translate

ROME = ZoneInfo("Europe/Rome")
WEDNESDAY = 3


def wednesday(hour: int, minute: int = 0) -> datetime:
    return datetime(2024, 5, 8, hour, minute, tzinfo=ROME)


def closing(page: ServizioPage, at: datetime) -> time | None:
    rows: QuerySet = ServizioPage.objects.annotate(until=aperto_fino(at))
    return rows.values_list("until", flat=True).get(pk=page.pk)


@pytest.fixture
def centro(db) -> ServizioPage:
    """Wednesday: 15–17 and 17–18.30 without a pause, 20–22 after one."""
    page = CivicCenterPageFactory(title="Il Mulino")
    for dalle, alle in ((time(15), time(17)), (time(17), time(18, 30)), (time(20), time(22))):
        AttivitaSettimanaleFactory(pagina=page, giorno=WEDNESDAY, dalle=dalle, alle=alle)
    return page


@pytest.mark.parametrize(
    ("at", "until"),
    [
        (wednesday(14, 59), None),
        (wednesday(15), time(18, 30)),
        (wednesday(17), time(18, 30)),
        (wednesday(18, 29), time(18, 30)),
        (wednesday(18, 30), None),
        (wednesday(21), time(22)),
        (wednesday(22), None),
        (datetime(2024, 5, 9, 16, tzinfo=ROME), None),
        (datetime(2024, 5, 8, 13, 30, tzinfo=UTC), time(18, 30)),
    ],
    ids=str,
)
def test_center_is_open_during_its_activities_up_to_the_next_pause(centro, at, until):
    assert closing(centro, at) == until


def test_overlapping_activities_are_one_stretch(db):
    page = CivicCenterPageFactory()
    for dalle, alle in ((time(15), time(19)), (time(15, 30), time(16)), (time(18), time(20))):
        AttivitaSettimanaleFactory(pagina=page, giorno=WEDNESDAY, dalle=dalle, alle=alle)
    assert closing(page, wednesday(15, 45)) == time(20)


def test_activities_of_another_center_count_for_nothing(centro):
    other = CivicCenterPageFactory()
    AttivitaSettimanaleFactory(pagina=other, giorno=WEDNESDAY, dalle=time(9), alle=time(20))
    assert closing(centro, wednesday(10)) is None
    assert closing(centro, wednesday(16)) == time(18, 30)


@pytest.mark.parametrize(
    ("dalle", "entro", "hour", "open_"),
    [
        ((19, 0), (8, 0), 18, False),
        ((19, 0), (8, 0), 19, True),
        ((19, 0), (8, 0), 23, True),
        ((19, 0), (8, 0), 0, True),
        ((19, 0), (8, 0), 7, True),
        ((19, 0), (8, 0), 8, False),
        ((9, 0), (17, 0), 12, True),
        ((9, 0), (17, 0), 18, False),
        ((9, 0), (17, 0), 3, False),
        ((9, 0), (9, 0), 9, False),
    ],
)
def test_one_enters_a_shelter_up_to_its_exit_also_after_midnight(db, dalle, entro, hour, open_):
    page = AlloggioPageFactory(ingresso_dalle=time(*dalle), uscita_entro=time(*entro))
    assert closing(page, wednesday(hour)) == (time(*entro) if open_ else None)


@pytest.mark.parametrize("missing", ["ingresso_dalle", "uscita_entro"])
def test_shelter_with_half_its_hours_says_nothing(db, missing):
    page = AlloggioPageFactory(**{missing: None})
    assert [closing(page, wednesday(hour)) for hour in (0, 7, 12, 20)] == [None] * 4


@pytest.mark.parametrize(
    ("utc", "open_"),
    [
        # In the night of 31 March 2024 two o'clock is three; in that of 27 October three is two again.
        ("2024-03-31T00:30", True),  # 1.30
        ("2024-03-31T01:30", False),  # 3.30
        ("2024-10-27T00:15", True),  # 2.15, summer
        ("2024-10-27T01:15", True),  # 2.15, winter
        ("2024-10-27T01:45", False),  # 2.45, winter
    ],
)
def test_the_clock_on_the_wall_decides_when_the_hour_changes(db, utc, open_):
    page = AlloggioPageFactory(ingresso_dalle=time(20), uscita_entro=time(2, 30))
    at = datetime.fromisoformat(utc).replace(tzinfo=UTC)
    assert (closing(page, at) is not None) is open_


@pytest.mark.parametrize(
    "fields", [{"stato": "non_attivo", "motivo_stato": "Chiuso per lavori"}, {"da_verificare": True}], ids=str
)
def test_nothing_is_said_of_an_inactive_or_doubtful_sheet(centro, fields):
    assert closing(centro, wednesday(16)) == time(18, 30)
    ServizioPage.objects.filter(pk=centro.pk).update(**fields)
    assert closing(centro, wednesday(16)) is None


def test_nothing_is_said_of_a_center_with_a_season(centro):
    centro.stagione = "Da ottobre a maggio"
    centro.save()
    assert closing(centro, wednesday(16)) is None


def test_hours_in_words_say_nothing(db):
    page = ServizioPageFactory(orari_testo="mercoledì 15.00–18.00")
    assert closing(page, wednesday(16)) is None


@time_machine.travel(wednesday(16))
@pytest.mark.parametrize(
    ("lingua", "said"),
    [
        ("it", "Aperto adesso, fino alle"),
        ("en", "Open now, until"),
        ("uk", "Зараз відчинено, до"),
        ("ar", "مفتوح الآن"),
    ],
)
def test_cards_and_sheets_say_it_in_every_language(client, centro, lingua, said):
    pages = [centro, italian(CatalogoPage), italian(HomePage)]
    if lingua != "it":
        pages = [translate(page, lingua) for page in pages[:2]]
        # Facts are those of the Italian sheet, whatever a translation carries.
        pages[0].attivita.update(dalle=time(1), alle=time(2))
        pages.append(HomePage.objects.get(locale__language_code=lingua))
    for page in pages:
        content = client.get(page.url).content.decode()
        assert said in content, page.url
        assert '<bdi class="orario" dir="ltr">18.30</bdi>' in content


@time_machine.travel(wednesday(12))
def test_nothing_is_called_closed(client, centro):
    ServizioPageFactory(orari_testo="mai")
    for url in (centro.url, "/servizi/", "/"):
        content = client.get(url).content.decode()
        assert "Aperto adesso" not in content
        assert "chius" not in content.lower()
