"""Phones, hours, money and icons as a person meets them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.safestring import mark_safe
from django.utils.translation import override

from portal.cms.templatetags.presentazione import (
    con,
    con_telefoni,
    euro,
    giorno_con_anno,
    giorno_intero,
    numeri,
    orari,
    peso,
    primo_numero,
    telefono,
)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("0377 310758", [("+390377310758", "0377 310758")]),
        ("02/1234567", [("+39021234567", "02 123 4567")]),
        ("339-1234567 / 0721 34.56.78", [("+393391234567", "339 123 4567"), ("+390721345678", "0721 345678")]),
        ("numero verde 800 123456", [("+39800123456", "800 123 456")]),
        ("+40 721 123 456", [("+40721123456", "+40 721 123 456")]),
        ("0000 555 100", [("0000555100", "0000 555 100")]),
        ("1522", [("1522", "1522")]),
        ("chiedi in parrocchia", []),
        ("", []),
        (None, []),
    ],
)
def test_numeri_finds_and_groups_what_people_write(written, expected):
    assert numeri(written) == expected


def test_primo_numero_of_a_text_without_numbers_is_empty():
    assert primo_numero("in sede") == ""


def test_telefono_is_tappable_and_reads_left_to_right():
    assert telefono("0377 310758") == (
        '<a class="telefono" href="tel:+390377310758"><bdi dir="ltr">0377 310758</bdi></a>'
    )


def test_telefono_escapes_a_text_without_numbers():
    assert telefono("<b>in sede</b>") == '<bdi dir="ltr">&lt;b&gt;in sede&lt;/b&gt;</bdi>'


def test_con_telefoni_links_numbers_but_not_those_in_links_years_or_sums():
    html = '<p>Chiama 0377 310758 o <a href="tel:1">0377 310759</a>: 2024-2025, 30.000 euro, IT99000000010.</p>'
    linked = con_telefoni(html)
    assert linked.count('href="tel:') == 2
    assert '<a class="telefono" href="tel:+390377310758">' in linked


def test_orari_isolates_hours_and_escapes_the_rest():
    assert orari("lun 9.00–12.30 <i>") == 'lun <bdi class="orario" dir="ltr">9.00–12.30</bdi> &lt;i&gt;'
    assert orari(None) == ""


@pytest.mark.parametrize(
    "scritto", ["9.00–12.30", "10:00-12:00", "18.00 - 20.00", "16-18.30", "9.30-12", "9-12", "15.30"]
)
def test_from_when_to_when_stays_in_one_piece(scritto):
    hours = f'<bdi class="orario" dir="ltr">{scritto}</bdi>'
    assert orari(f"lun:{scritto}/{scritto}, ven") == f"lun:{hours}/{hours}, ven"


@pytest.mark.parametrize(
    "scritto", ["12.05.2026", "2026-12-01", "0377.31.07.58", "02/123.45.67", "1.250.000", "2024-25"]
)
def test_date_or_longer_number_is_no_hour(scritto):
    assert orari(scritto) == scritto


@pytest.mark.parametrize(
    "scritto", ["dalle 9.00 alle 18.00", "from 9.00 to 18.00", "з 9.00 до 18.00", "من 9.00 إلى 18.00"]
)
def test_from_when_to_when_in_words_stays_in_one_piece_and_in_its_order(scritto):
    first, start, word, end = scritto.split()
    hours = (f'<bdi class="orario" dir="ltr">{each}</bdi>' for each in (start, end))
    assert orari(scritto) == f"{first} " + f"\N{NO-BREAK SPACE}{word}\N{NO-BREAK SPACE}".join(hours)


def test_hours_in_rich_text_are_those_outside_its_tags():
    html = mark_safe('<p><a href="/orari/9.00-12.00">9.00–12.00</a></p>')
    told = '<p><a href="/orari/9.00-12.00"><bdi class="orario" dir="ltr">9.00–12.00</bdi></a></p>'
    assert orari(html) == told


@pytest.mark.parametrize(("amount", "expected"), [(1250, "1.250 €"), (Decimal("9360.50"), "9.360,50 €"), (0, "0 €")])
def test_euro_groups_thousands_and_shows_cents_only_when_there_are(amount, expected):
    assert euro(amount) == expected


def test_icona_is_hidden_from_screen_readers():
    html = Template("{% load presentazione %}{% icona 'it-search' 'icona--piccola' %}").render(Context())
    assert 'aria-hidden="true"' in html
    assert html.endswith('icone.svg#it-search"></use></svg>')


@pytest.mark.parametrize(
    ("byte", "said"),
    [(0, "1 kB"), (120_400, "120 kB"), (999_499, "999 kB"), (999_500, "1,0 MB"), (1_440_000, "1,4 MB")],
)
def test_size_of_a_file_is_said_in_words(byte: int, said: str):
    assert peso(byte) == said


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("it", "martedì 24 novembre"),
        ("en", "Tuesday 24 November"),
        ("uk", "вівторок 24 листопада"),
        ("ar", "الثلاثاء 24 نوفمبر"),
    ],
)
def test_day_is_said_in_full_in_every_language(language, said):
    with override(language):
        assert giorno_intero(date(2026, 11, 24)) == said
        assert giorno_intero(date(2026, 11, 24), "l j E Y") == f"{said} 2026"


def test_day_has_its_year_when_it_is_another(time_machine):
    """From the local day, also where it is still yesterday in UTC."""
    time_machine.move_to(datetime(2026, 6, 1, 12, tzinfo=UTC), tick=False)
    with override("it"):
        assert giorno_con_anno(date(2026, 3, 3)) == "3 marzo"
        assert giorno_con_anno(date(2025, 3, 3)) == "3 marzo 2025"
        assert giorno_con_anno(date(2027, 3, 3), "l j E") == "mercoledì 3 marzo 2027"
        assert giorno_con_anno(None) == ""
        moment = Context({"m": datetime(2025, 12, 31, 23, 30, tzinfo=UTC)})
        assert Template("{% load presentazione %}{{ m|giorno_con_anno }}").render(moment) == "1 gennaio"


@pytest.mark.parametrize(
    ("parola", "giorno", "detto"),
    [
        ("il", "7 maggio", "il 7 maggio"),
        ("il", "8 maggio 2026", "l'8 maggio 2026"),
        ("dal", "11 maggio, 9.00", "dall'11 maggio, 9.00"),
        ("Dal", "1 maggio", "Dal 1 maggio"),
        ("al", "8 maggio", "all'8 maggio"),
        ("del", "18 maggio", "del 18 maggio"),
        ("il", "martedì 8 dicembre", "martedì 8 dicembre"),
        ("dal", "martedì 8 dicembre", "dal martedì 8 dicembre"),
    ],
)
def test_day_after_a_word_is_said_as_people_do(parola, giorno, detto):
    assert con(giorno, parola) == detto
    with override("en"):
        assert con(giorno, parola) == giorno
