"""No address of the reserved area is left out by hand: each one in a browser, on a phone, as somebody who may."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.casi.indirizzi import indirizzi
from tests.e2e.barriere import barriers
from tests.e2e.guardia import Guardia
from tests.e2e.ogni_indirizzo import SENZA_PAGINA, Aperto, opened
from tests.e2e.siti import SEGRETO, Siti

PHONE = {"width": 375, "height": 812}
CON_PAGINA = sorted({each.nome for each in indirizzi()} - SENZA_PAGINA)


@pytest.fixture(scope="module")
def aperti(siti: Siti, django_db_blocker, tmp_path_factory) -> dict[str, Aperto]:
    with django_db_blocker.unblock():
        return opened({"SECRET_KEY": SEGRETO}, tmp_path_factory.mktemp("riservati"))


@pytest.fixture(scope="module")
def telefono(siti: Siti, browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport=PHONE, locale="it-IT", has_touch=True)
    yield context.new_page()
    context.close()


def test_addresses_with_a_page_are_those_not_named_as_without(aperti):
    assert sorted(aperti) == CON_PAGINA


@pytest.mark.parametrize("nome", CON_PAGINA)
def test_address_on_a_phone_has_one_title_no_barrier_and_no_overflow(aperti, siti, telefono, nome):
    found, guard = aperti[nome], Guardia(telefono, siti.riservato)
    telefono.context.clear_cookies()
    telefono.context.add_cookies(
        [{"name": name, "value": value, "url": siti.riservato} for name, value in found.biscotto.items()]
    )
    assert telefono.goto(siti.riservato + found.percorso).ok
    assert telefono.url == siti.riservato + found.percorso
    expect(telefono.locator("h1")).to_have_count(1)
    assert barriers(telefono) == ""
    assert telefono.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert guard.troubles == []
