"""From the page that accredits to the area itself, with the mail in between: two people, two browsers."""

import re

from playwright.sync_api import Page, expect

from tests.e2e.siti import Siti
from tests.factories.portal import PASSWORD
from tests.support.codici import code_of

LEI = "appena.arrivata@esempio.it"


def accredit(page: Page, siti: Siti) -> None:
    page.goto(siti.riservato + "/rete/")
    if page.get_by_role("button", name="Sono io, vai avanti").is_visible():
        page.get_by_role("button", name="Sono io, vai avanti").click()
    page.get_by_role("link", name="Accredita una persona").first.click()
    page.locator("[name=email]").fill(LEI)
    page.locator("[name=nome]").fill("Appena")
    page.locator("[name=cognome]").fill("Arrivata")
    page.locator("[name=ruolo]").select_option("referente")
    page.get_by_role("button", name="Accredita una persona").click()
    expect(page.locator(".messaggi, [role=status]").first).to_contain_text("Persona accreditata")


def link_in_the_mail(siti: Siti) -> str:
    """Of the one mail that went to her."""
    texts = [mail.read_text() for mail in siti.posta.iterdir()]
    (text,) = [each for each in texts if f"To: {LEI}" in each]
    return re.search(rf"{siti.riservato}(/\S+)", text)[1]


def choose_a_password(page: Page) -> None:
    for name in ("password1", "password2"):
        page.locator(f"input[name={name}]").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()


def add_a_code(page: Page) -> None:
    page.get_by_role("link", name="Usa un'applicazione").click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button[type=submit]").click()
    seed = page.locator("#authenticator_secret").input_value()
    page.locator("input[name=code]").fill(code_of(seed))
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/recovery-codes/**")


def test_who_is_accredited_enters_from_the_mail_with_a_code_of_her_telephone(enter, open_page, siti):
    accredit(enter("ivana"), siti)
    page = open_page(link_in_the_mail(siti), site="riservato", width=375)
    choose_a_password(page)
    page.goto(siti.riservato + "/")
    page.get_by_label("Nome utente").fill(LEI)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Entra", exact=True).click()
    add_a_code(page)
    page.goto(siti.riservato + "/")
    expect(page.locator("h1")).to_contain_text("lavoro")
