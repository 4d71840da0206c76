"""The reserved area in a real browser: no barrier, no overflow, and the first thing in sight is the work."""

import pytest
from playwright.sync_api import expect

from tests.e2e.barriere import barriers
from tests.e2e.pagine import ALTRE_RISERVATE, PER_TUTTI, RISERVATE, case_of

TOUCH = 44  # px, the least a finger needs
PHONE = 375


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize(("username", "name"), [(who, name) for who, pages in RISERVATE.items() for name in pages])
def test_reserved_page_has_no_axe_violation_and_no_overflow(enter, siti, username, name, width):
    page = enter(username, width=width)
    assert page.goto(siti.riservato + RISERVATE[username][name]).ok
    assert barriers(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def assert_open_to_everybody(page, address, width):
    """Opened in the reserved area, confirming who one is when asked; no barrier, nothing wider than the screen."""
    assert page.goto(address).ok, address
    confirm = page.get_by_role("button", name="Sono io, vai avanti")
    if confirm.is_visible():
        confirm.click()
        page.wait_for_url(address)
    assert barriers(page) == "", address
    assert page.evaluate("document.documentElement.scrollWidth") <= width, address


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("username", ALTRE_RISERVATE)
def test_every_other_reserved_page_has_no_axe_violation_and_no_overflow(enter, siti, username, width):
    page = enter(username, width=width)
    for path in ALTRE_RISERVATE[username]:
        assert_open_to_everybody(page, siti.riservato + path, width)


@pytest.mark.parametrize("width", [1280, 320])
def test_form_for_everybody_has_no_axe_violation_and_no_overflow(open_page, siti, width):
    page = open_page(PER_TUTTI[0], site="riservato", width=width)
    for path in PER_TUTTI:
        assert_open_to_everybody(page, siti.riservato + path, width)


@pytest.mark.parametrize("where", ["", "interventi/", "estratto/"])
def test_reserved_page_keeps_where_one_is_in_sight_on_a_phone(enter, siti, where):
    page = enter("marisa", width=PHONE)
    page.goto(siti.riservato + case_of("samira") + where)
    for row in page.locator(".fila").all():
        assert row.bounding_box()["height"] <= 2 * TOUCH, "one row, whatever the number of links"
        current = row.locator("[aria-current]").bounding_box()
        assert current["height"] >= TOUCH
        assert current["x"] >= 0
        assert current["x"] + current["width"] <= PHONE


@pytest.mark.parametrize("where", ["", "persone/", "persone/nuova/", "diario/scrivi/", "interventi/", "accessi/"])
def test_reserved_page_of_a_case_says_how_to_call(enter, siti, where):
    page = enter("marisa", width=PHONE)
    page.goto(siti.riservato + case_of("samira") + where)
    expect(page.locator(".caso-testa")).to_contain_text("Chiamare solo di mattina")
