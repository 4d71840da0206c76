"""Journeys of the people Tessere is for, each in its own browser."""

import re

import pytest
from playwright.sync_api import Page, expect

MENSA = "/enti/caritas-santa-margherita/mensa-santa-margherita/"


def enter_as(page: Page, name: str) -> None:
    """Sign in as a persona of the demo, with one click."""
    page.get_by_role("button", name=re.compile(name)).first.click()


def test_person_finds_food_from_the_home_page(open_page):
    page = open_page("/", width=375)
    page.get_by_role("link", name=re.compile("Mangiare")).first.click()
    expect(page).to_have_url(re.compile(r"/servizi/\?.*bisogno=mangiare"))
    page.get_by_role("link", name="Emporio La Madia").first.click()
    expect(page.locator("h1")).to_contain_text("La Madia")
    expect(page.locator("main a[href^='tel:']").first).to_be_visible()


def test_catalogue_filters_without_javascript(open_page):
    page = open_page("/servizi/", js=False)
    page.locator("summary", has_text="Filtra").click()
    page.locator("input[name=bisogno][value=mangiare]").first.check()
    page.get_by_role("button", name=re.compile("Applica|Mostra")).first.click()
    expect(page).to_have_url(re.compile("bisogno=mangiare"))
    assert page.locator("article").count() > 0


def test_catalogue_filters_live_and_address_is_shareable(open_page):
    page = open_page("/servizi/")
    before = page.locator("article").first.inner_text()
    page.locator("input[name=bisogno][value=lavarsi]").check()
    expect(page).to_have_url(re.compile("bisogno=lavarsi"))
    expect(page.locator("article").first).not_to_have_text(before)
    shared = open_page(page.url.split("localhost", 1)[1].split("/", 1)[1].join(["/", ""]))
    expect(shared.locator(".risultati__conto")).to_have_text(page.locator(".risultati__conto").inner_text())


def test_confidential_place_shows_no_address(open_page):
    page = open_page("/enti/ginestra/casa-ginestra/")
    assert "riservat" in page.locator("main").inner_text().lower()
    assert not page.locator("a[href*='maps'], a[href^='geo:']").count()


@pytest.mark.parametrize("path", ["/casi/", "/"])
def test_reserved_site_asks_who_you_are(open_page, path):
    page = open_page(path, site="riservato")
    expect(page).to_have_url(re.compile("/accesso/login/"))


def test_social_worker_enters_the_reserved_area(open_page):
    page = open_page("/accesso/demo/", site="riservato")
    enter_as(page, "Marisa")
    expect(page.locator("header").first).to_contain_text("Borgo Arvella")
    page.get_by_role("link", name="Casi").first.click()
    expect(page.locator("h1")).to_contain_text("Casi")


def test_referente_edits_and_the_published_text_stays_until_approved(open_page, siti):
    new_hours = "lunedì e venerdì 12.00–13.00, prova del percorso"
    editor = open_page("/accesso/demo/")
    enter_as(editor, "Dario")
    editor.goto(f"{siti.pubblico}/amministrazione/")
    expect(editor.locator("main")).to_contain_text("Le tue pagine")
    editor.get_by_role("link", name="Modifica : Mensa di Santa Margherita").click()
    editor.locator("#id_orari_testo").fill(new_hours)
    editor.get_by_role("button", name="Invia alla Redazione").click()
    expect(editor).to_have_url(re.compile(r"/pages/\d+/$"))
    editor.goto(f"{siti.pubblico}/amministrazione/")
    expect(editor.locator("main")).to_contain_text("2 in revisione")

    reader = open_page(MENSA)
    expect(reader.locator("main")).not_to_contain_text(new_hours)

    desk = open_page("/accesso/demo/")
    enter_as(desk, "Livia")
    desk.goto(f"{siti.pubblico}/amministrazione/")
    desk.get_by_role("link", name="Apri e approva : Mensa di Santa Margherita").click()
    desk.locator("footer").get_by_role("button", name="Altre azioni").click()
    desk.get_by_role("button", name=re.compile("^Approva")).first.click()
    expect(desk).to_have_url(re.compile(r"/pages/\d+/$"))
    reader.reload()
    expect(reader.locator("main")).to_contain_text(new_hours)
