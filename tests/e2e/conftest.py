"""A real browser in front of the real sites; every page opened is watched."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from playwright.sync_api import Browser, Page, expect

from tests.e2e.guardia import Guardia
from tests.e2e.siti import Siti, running_sites
from tests.factories.catalogo import OperatoreFactory
from tests.factories.portal import CON_PASSWORD, PASSWORD

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]


def pytest_collection_modifyitems(items):
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.e2e)
            item.add_marker(pytest.mark.enable_socket)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "it-IT", "timezone_id": "Europe/Rome"}


@pytest.fixture(scope="session")
def siti(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Siti]:
    with django_db_blocker.unblock(), running_sites(tmp_path_factory.mktemp("dati")) as sites:
        somebody_with_a_password()
        yield sites


def somebody_with_a_password() -> None:
    """The invented people have none. Hashed as the sites do, not as the tests."""
    tie = OperatoreFactory(utente__username=CON_PASSWORD, ruolo="assistente_sociale")
    tie.utente.password = make_password(PASSWORD, hasher=PBKDF2PasswordHasher())
    tie.utente.save(update_fields=["password"])


@pytest.fixture
def open_page(siti: Siti, browser: Browser) -> Iterator:
    """Open a watched page: `open_page(path, width=1280, js=True)`; at the end no trouble may have been seen.

    The sites come before the browser: Playwright's event loop makes Django refuse the database in this thread.
    """
    guards: list[Guardia] = []

    def open_at(path: str = "/", *, width: int = 1280, js: bool = True, site: str = "pubblico") -> Page:
        context = browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=js, locale="it-IT")
        page = context.new_page()
        base = getattr(siti, site)
        page.guardia = Guardia(page, base)
        guards.append(page.guardia)
        page.goto(base + path)
        return page

    yield open_at
    for guard in guards:
        guard.page.context.close()
    troubles = [trouble for guard in guards for trouble in guard.troubles]
    assert not troubles, "\n".join(troubles)


@pytest.fixture
def enter(open_page):
    """Enter the reserved area as one of the demo: `enter("marisa", width=1280)`."""

    def enter(username: str, *, width: int = 1280) -> Page:
        page = open_page("/accesso/demo/", site="riservato", width=width)
        page.locator(f"form[action*='/{username}/'] button").click()
        expect(page.locator("h1")).to_be_visible()
        return page

    return enter
