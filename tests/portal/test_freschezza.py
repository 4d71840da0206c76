"""The real site with and without the memory: whatever happens between two readings, both say the same."""

from http import HTTPStatus

import pytest
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connection
from django.test import Client
from hypothesis import HealthCheck, given
from hypothesis import settings as property_settings
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site

from catalogo.models import ServizioPage
from portal.cms.cache_pagine import middleware
from portal.utenti.models import Utente
from tests.factories.catalogo import EmporioPageFactory, ServizioPageFactory
from tests.factories.home import NotiziaPageFactory
from tests.factories.pagine import translate
from tests.factories.portal import UtenteFactory
from tests.support.html import StrictClient

pytestmark = pytest.mark.django_db


def site(settings, byte: int) -> Client:
    """A client whose middleware is built now, with this much memory; it does not go on to other tests."""
    settings.PAGINE_ANONIME = {**settings.PAGINE_ANONIME, "byte": byte}
    client = StrictClient()
    client.handler.load_middleware()
    return client


@pytest.fixture
def sites(settings) -> tuple[Client, Client]:
    return site(settings, 10_000_000), site(settings, 0)


@pytest.fixture
def readings(monkeypatch) -> list[bool]:
    """For each answer, whether it came from memory."""
    log: list[bool] = []
    get = middleware.Memoria.get

    def logged(self, state, key):
        found = get(self, state, key)
        log.append(found is not None)
        return found

    monkeypatch.setattr(middleware.Memoria, "get", logged)
    return log


class Rete:
    """A small network and what editors do to it."""

    def __init__(self) -> None:
        self.scheda = ServizioPageFactory(title="Mensa")
        self.altra = EmporioPageFactory(parent=self.scheda.get_parent(), title="Emporio", luogo=None)
        self.inglese = translate(self.scheda, "en", title="Canteen")
        self.notizia = NotiziaPageFactory()
        self.number = 0

    @property
    def addresses(self) -> list[str]:
        tipo = self.scheda.tipo.codice
        italian, english = (page.url_path.partition("/enti/")[2] for page in (self.scheda, self.inglese))
        return ["/", f"/servizi/?tipo={tipo}", f"/enti/{italian}", f"/en/enti/{english}", "/vecchio"]

    def new_word(self) -> str:
        self.number += 1
        return f"Parola {self.number}"

    def retitle(self):
        page = ServizioPage.objects.get(pk=self.scheda.pk)
        page.title = self.new_word()
        page.save_revision().publish()

    def draft(self):
        page = ServizioPage.objects.get(pk=self.scheda.pk)
        page.title = self.new_word()
        page.save_revision()

    def toggle(self):
        page = ServizioPage.objects.get(pk=self.altra.pk)
        page.unpublish() if page.live else page.save_revision().publish()

    def restrict(self):
        if not PageViewRestriction.objects.filter(page=self.scheda).delete()[0]:
            PageViewRestriction.objects.create(page=self.scheda, restriction_type="login")

    def rename_kind(self):
        type(self.scheda.tipo).objects.update(nome=self.new_word())

    def rename_body(self):
        self.scheda.ente.nome_breve = self.new_word()
        self.scheda.ente.save()

    def retranslate(self):
        ServizioPage.objects.filter(pk=self.inglese.pk).update(title=self.new_word())

    def redirect(self):
        Redirect.objects.update_or_create(old_path="/vecchio", defaults={"redirect_link": f"/{self.new_word()}"})

    def raw(self):
        with connection.cursor() as cursor:
            cursor.execute("UPDATE home_homepage SET telefono_ascolto = %s", [self.new_word()])

    def news(self):
        NotiziaPageFactory(title=self.new_word())

    def nothing(self):
        pass

    EDITS = (retitle, draft, toggle, restrict, rename_kind, rename_body, retranslate, redirect, raw, news, nothing)


@pytest.fixture
def rete() -> Rete:
    return Rete()


def sign_in(client: Client, utente: Utente) -> None:
    """A session as sign-in leaves it; how one gets it is tested elsewhere."""
    session = client.session
    session[SESSION_KEY] = str(utente.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = utente.get_session_auth_hash()
    session.save()


def read(client: Client, address: str) -> tuple[int, bytes, dict[str, str]]:
    """All that a browser gets, but for the time by which an answer that is never kept has expired."""
    answer = client.get(address)
    return (
        answer.status_code,
        answer.content,
        {name: said for name, said in answer.headers.items() if name != "Expires"},
    )


@pytest.mark.matrice
@property_settings(
    max_examples=4, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(edits=st.lists(st.sampled_from(Rete.EDITS), min_size=1, max_size=3))
def test_answer_from_memory_equals_answer_without_after_any_edits(sites, rete, edits):
    with_memory, without = sites
    for edit in edits:
        edit(rete)
        for address in rete.addresses:
            fresh = read(without, address)
            assert read(with_memory, address) == fresh
            assert read(with_memory, address) == fresh


@pytest.mark.parametrize("edit", Rete.EDITS, ids=lambda edit: edit.__name__)
def test_each_edit_shows_at_the_next_request(sites, rete, edit):
    with_memory, without = sites
    for address in rete.addresses:
        read(with_memory, address)
    edit(rete)
    assert [read(with_memory, address) for address in rete.addresses] == [
        read(without, address) for address in rete.addresses
    ]


def test_public_pages_do_come_from_memory(sites, rete, readings):
    with_memory, _without = sites
    pages = [address for address in rete.addresses if address != "/vecchio"]
    for address in pages * 2:
        assert read(with_memory, address)[0] == HTTPStatus.OK
    assert readings == [False] * len(pages) + [True] * len(pages)


def test_cached_answer_carries_the_security_headers(sites):
    with_memory, _without = sites
    for _kept in (False, True):
        answer = with_memory.get("/")
        assert "default-src 'self'" in answer["Content-Security-Policy"]
        assert answer["X-Frame-Options"] == "SAMEORIGIN"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Language"] == "it"
        assert "Accept-Language" not in answer["Vary"]


@pytest.mark.parametrize("wanted", [{"HTTP_ACCEPT_LANGUAGE": "en"}, {"HTTP_COOKIE": "django_language=en"}], ids=str)
def test_only_the_address_decides_the_language(sites, rete, wanted):
    for client in sites:
        plain = client.get("/servizi/")
        assert 'lang="it"' in plain.text
        assert client.get("/servizi/", **wanted).content == plain.content
        assert 'lang="en"' in client.get("/en/servizi/").text


def test_editor_is_neither_served_from_memory_nor_kept(sites, rete, readings):
    with_memory, _without = sites
    sign_in(with_memory, UtenteFactory(is_superuser=True))
    for _twice in (1, 2):
        answer = with_memory.get("/servizi/")
        assert answer["Cache-Control"] == "private, no-cache"
    with_memory.cookies.clear()
    with_memory.get("/servizi/")
    assert readings == [False]


def test_page_behind_a_restriction_is_not_kept(sites, rete, readings):
    with_memory, _without = sites
    PageViewRestriction.objects.create(page=rete.scheda, restriction_type="password", password="chiave")
    address = rete.addresses[2]
    for _twice in (1, 2):
        answer = with_memory.get(address)
        assert "no-store" in answer["Cache-Control"]
    assert readings == [False, False]


def test_sign_in_page_with_its_token_is_not_kept(sites, readings):
    with_memory, _without = sites
    for _twice in (1, 2):
        with_memory.cookies.clear()
        assert "csrftoken" in with_memory.get("/accesso/login/").cookies
    assert readings == [False, False]


def test_catalogue_and_its_fragment_are_kept_apart(sites, rete):
    with_memory, without = sites
    page, fragment = with_memory.get("/servizi/"), with_memory.get("/servizi/", HTTP_HX_REQUEST="true")
    assert "<html" in page.text
    assert "<html" not in fragment.text
    assert fragment.content == without.get("/servizi/", HTTP_HX_REQUEST="true").content


def test_preview_shows_the_draft_and_is_not_kept(sites, rete):
    with_memory, _without = sites
    address = rete.addresses[2]
    with_memory.get(address)
    draft = ServizioPage.objects.get(pk=rete.scheda.pk)
    draft.title = "Ancora in bozza"
    assert "Ancora in bozza" in draft.make_preview_request().text
    assert "Ancora in bozza" not in with_memory.get(address).text


def test_site_edit_shows_although_wagtail_remembers_roots(sites, rete):
    """Another process changes the root, so that addresses change: this one learns it from the edition alone."""
    with_memory, without = sites
    assert with_memory.get("/").status_code == HTTPStatus.OK
    Site.objects.update(root_page=rete.scheda.get_parent())
    address = f"/{rete.scheda.slug}/"
    answer = with_memory.get(address)
    Site.clear_site_root_paths_cache()
    assert rete.scheda.title in answer.text
    assert answer.content == without.get(address).content
