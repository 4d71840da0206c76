"""Every public template in a real browser: no barrier, no overflow, no policy violation, no foreign host."""

import pytest

from tests.e2e.barriere import barriers
from tests.e2e.pagine import PAGINE
from tests.e2e.tastiera import assert_ring

COLD_PAGE_BUDGET = 190_000  # bytes received with an empty cache (issue A)
HEAVIEST = ("home", "catalogo", "emporio", "civic center", "home in arabo")


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("name", PAGINE)
def test_page_has_no_axe_violation_and_no_overflow(open_page, name, width):
    page = open_page(PAGINE[name], width=width)
    assert barriers(page) == ""
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("name", HEAVIEST)
def test_cold_page_stays_within_its_weight(open_page, name):
    page = open_page(PAGINE[name])
    page.wait_for_load_state("networkidle")
    assert page.guardia.weight <= COLD_PAGE_BUDGET


@pytest.mark.parametrize("name", ["home", "catalogo", "emporio"])
def test_page_reads_from_top_with_the_keyboard(open_page, name):
    page = open_page(PAGINE[name])
    page.keyboard.press("Tab")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    assert (first or "").startswith("#"), "the first stop is the skip link"
    assert_ring(page)


def test_arabic_reads_right_to_left_but_phones_do_not(open_page):
    page = open_page("/ar/")
    assert page.locator("html").get_attribute("dir") == "rtl"
    phone = page.locator("a[href^='tel:']").first
    assert phone.locator("bdi[dir=ltr]").count() or phone.evaluate("node => node.closest('bdi[dir=ltr]') !== null")
