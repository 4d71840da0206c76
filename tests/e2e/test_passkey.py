"""A passkey in a real browser, with a key in software behind it."""

from playwright.sync_api import Page, expect

from tests.factories.portal import CON_PASSWORD, PASSWORD

CHIAVE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def plug_in_a_key(page: Page) -> None:
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": CHIAVE})


def test_passkey_is_set_up_and_opens_the_reserved_site(open_page, siti):
    page = open_page("/accesso/login/", site="riservato")
    plug_in_a_key(page)
    page.get_by_label("Nome utente").fill(CON_PASSWORD)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Entra", exact=True).click()
    page.get_by_role("link", name="Usa una chiave").click()
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("form button[type=submit]").last.click()
    page.locator("input[name=passwordless]").check()
    page.locator("#mfa_webauthn_add").click()
    page.wait_for_url("**/recovery-codes/**")
    page.context.clear_cookies()
    page.goto(siti.riservato + "/accesso/login/")
    page.locator("#passkey_login").click()
    page.wait_for_url(siti.riservato + "/")
    expect(page.locator("h1")).to_be_visible()
