"""Rules of the page memory, one at a time, around a view that says how often it was asked."""

import gzip
from datetime import UTC, datetime
from types import SimpleNamespace

import brotli
import pytest
import time_machine
from csp.decorators import csp_update
from django.http import HttpResponse, StreamingHttpResponse
from django.test import RequestFactory
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from catalogo.filtri import FiltroServizi
from portal.cms.cache_pagine.memoria import Memoria, Pagina
from portal.cms.cache_pagine.middleware import PagineAnonime

BYTE = 1_000_000
TESTO = "<p>" + "Pane e compagnia. " * 200 + "</p>"


class Vista:
    """A public page that counts its readings; `alter` changes request or answer as a view might."""

    def __init__(self, alter=None, view_name="wagtail_serve"):
        self.asked, self.alter, self.view_name = 0, alter, view_name

    def __call__(self, request):
        self.asked += 1
        request.resolver_match = SimpleNamespace(view_name=self.view_name)
        response = HttpResponse(TESTO)
        return (self.alter(request, response) if self.alter else None) or response


@pytest.fixture
def rf(settings) -> RequestFactory:
    settings.PAGINE_ANONIME = {**settings.PAGINE_ANONIME, "byte": BYTE}
    settings.ALLOWED_HOSTS = ["*"]
    return RequestFactory()


def asked(first, second, *, alter=None, view_name="wagtail_serve") -> int:
    """How often the view was asked for these two requests: 1 when the second came from memory."""
    vista = Vista(alter, view_name)
    site = PagineAnonime(vista)
    site(first)
    site(second)
    return vista.asked


pytestmark = pytest.mark.django_db


def test_second_reader_is_served_from_memory_the_same_answer(rf):
    vista = Vista()
    site = PagineAnonime(vista)
    first, second = site(rf.get("/servizi/")), site(rf.get("/servizi/"))
    assert vista.asked == 1
    assert (first.content, first.headers) == (second.content, second.headers)


PERSONAL = {
    "session": {"HTTP_COOKIE": "tessere_pubblico=abc"},
    "message": {"HTTP_COOKIE": "messages=abc"},
    "credentials": {"HTTP_AUTHORIZATION": "Bearer abc"},
    "post": {"REQUEST_METHOD": "POST"},
    "delete": {"REQUEST_METHOD": "DELETE"},
}


@pytest.mark.parametrize("extra", PERSONAL.values(), ids=PERSONAL)
def test_personal_request_is_neither_served_nor_kept(rf, extra):
    assert asked(rf.get("/"), rf.get("/", **extra)) == 2
    assert asked(rf.get("/", **extra), rf.get("/")) == 2


def test_preview_request_is_not_served(rf):
    preview = rf.get("/")
    preview.is_dummy = True
    assert asked(rf.get("/"), preview) == 2


def test_personal_answer_stays_with_its_reader(rf):
    answer = PagineAnonime(Vista())(rf.get("/", HTTP_COOKIE="tessere_pubblico=abc"))
    assert answer["Cache-Control"] == "private, no-cache"
    assert "ETag" not in answer


@pytest.mark.parametrize("query", ["utm_source=posta", "q=avvocato", "tipo=mensa&x=1", "tipo=" + "m" * 600])
def test_query_unfit_to_keep_is_answered_afresh(rf, query):
    assert asked(rf.get(f"/servizi/?{query}"), rf.get(f"/servizi/?{query}")) == 2


def test_known_parameters_are_those_of_the_catalogue(settings):
    free_words = {"q"}
    assert settings.PAGINE_ANONIME["parametri"] == {*FiltroServizi.base_filters, "pagina"} - free_words


def status(request, response):
    response.status_code = 404


def cookie(request, response):
    response.set_cookie("csrftoken", "x")


def nonce(request, response):
    request._csp_nonce = "x"


def header(name, value):
    def alter(request, response):
        response[name] = value

    return alter


NOT_FOR_ANYBODY = {
    "not found": status,
    "cookie given": cookie,
    "page behind a restriction": lambda request, response: add_never_cache_headers(response),
    "own cache rule": header("Cache-Control", "max-age=60"),
    "cookie given by hand": header("Set-Cookie", "nome=valore"),
    "encoded": header("Content-Encoding", "br"),
    "unknown header": lambda request, response: patch_vary_headers(response, ["X-Altro"]),
    "streamed": lambda request, response: StreamingHttpResponse([TESTO]),
    "own policy": lambda request, response: csp_update({"img-src": "x"})(lambda request: response)(request),
    "nonce": nonce,
}


@pytest.mark.parametrize("alter", NOT_FOR_ANYBODY.values(), ids=NOT_FOR_ANYBODY)
def test_answer_not_for_anybody_is_not_kept(rf, alter):
    assert asked(rf.get("/"), rf.get("/"), alter=alter) == 2


def test_answer_that_looked_at_cookies_is_kept_only_without_any(rf):
    def look(request, response):
        patch_vary_headers(response, ["Cookie"])

    assert asked(rf.get("/"), rf.get("/"), alter=look) == 1
    assert asked(rf.get("/", HTTP_COOKIE="altro=1"), rf.get("/"), alter=look) == 2


@pytest.mark.parametrize("view_name", ["wagtailadmin_home", "account_login", "wagtaildocs_serve", None])
def test_other_views_are_left_alone(rf, view_name):
    assert asked(rf.get("/"), rf.get("/"), view_name=view_name) == 2
    answer = PagineAnonime(Vista(view_name=view_name))(rf.get("/"))
    assert not {"ETag", "Cache-Control", "Vary"} & set(answer.headers)


APART = {
    "path": {"PATH_INFO": "/enti/"},
    "query": {"QUERY_STRING": "tipo=mensa"},
    "host": {"HTTP_HOST": "altro.example"},
    "port": {"HTTP_HOST": "testserver:81"},
    "scheme": {"wsgi.url_scheme": "https", "SERVER_PORT": "443"},
    "fragment": {"HTTP_HX_REQUEST": "true"},
}


@pytest.mark.parametrize("extra", APART.values(), ids=APART)
def test_answers_are_keyed_apart(rf, extra):
    assert asked(rf.get("/"), rf.get("/", **extra)) == 2


def test_where_an_htmx_visit_stands_does_not_matter(rf):
    fragment = {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "/servizi/?pagina=2"}
    assert asked(rf.get("/", **fragment), rf.get("/", **{**fragment, "HTTP_HX_CURRENT_URL": "/"})) == 1


def test_head_is_served_but_not_kept(rf):
    assert asked(rf.get("/"), rf.head("/")) == 1
    assert asked(rf.head("/"), rf.get("/")) == 2


def test_browser_asks_each_time_and_gets_nothing_when_nothing_changed(rf):
    site = PagineAnonime(Vista())
    first = site(rf.get("/"))
    again = site(rf.get("/", HTTP_IF_NONE_MATCH=first["ETag"]))
    assert (first.status_code, first["Cache-Control"]) == (200, "no-cache")
    assert {"Accept-Encoding", "Cookie", "HX-Request"} == set(first["Vary"].split(", "))
    assert (again.status_code, again.content, again["Cache-Control"]) == (304, b"", "no-cache")
    assert site(rf.get("/", HTTP_IF_NONE_MATCH='W/"altro"')).status_code == 200


@pytest.mark.parametrize(
    ("accepted", "encoding", "decode"),
    [
        ("gzip, deflate, br", "br", brotli.decompress),
        ("gzip", "gzip", gzip.decompress),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("identity", None, bytes),
        ("", None, bytes),
    ],
)
def test_pages_travel_as_small_as_the_browser_reads(rf, accepted, encoding, decode):
    site = PagineAnonime(Vista())
    for _kept in (False, True):
        answer = site(rf.get("/", HTTP_ACCEPT_ENCODING=accepted))
        assert answer.headers.get("Content-Encoding") == encoding
        assert decode(answer.content).decode() == TESTO
        assert answer.headers.get("Content-Length", str(len(answer.content))) == str(len(answer.content))


def test_a_new_day_is_a_new_page(rf):
    vista = Vista()
    site = PagineAnonime(vista)
    with time_machine.travel(datetime(2024, 3, 1, 22, 59, 50, tzinfo=UTC)) as clock:
        site(rf.get("/"))
        clock.shift(5)
        site(rf.get("/"))
        assert vista.asked == 1
        clock.shift(10)
        site(rf.get("/"))
        assert vista.asked == 2


# --- The memory itself


def page(size: int) -> Pagina:
    return Pagina(HttpResponse(b"x" * size))


def test_memoria_forgets_after_its_seconds():
    now = [0.0]
    memoria = Memoria(limit=BYTE, seconds=60, clock=lambda: now[0])
    memoria.put("stato", "a", page(10))
    now[0] = 59.9
    assert memoria.get("stato", "a")
    now[0] = 60.0
    assert memoria.get("stato", "a") is None


def test_memoria_stays_within_its_bytes_and_keeps_what_is_read():
    memoria = Memoria(limit=10 * page(1000).peso, seconds=60)
    for number in range(50):
        memoria.put("stato", number, page(1000))
        assert memoria.get("stato", 0)
    assert len(memoria) == 10
    assert memoria.peso <= memoria.limit
    assert memoria.get("stato", 1) is None
    assert memoria.get("stato", 49)


def test_memoria_puts_the_same_page_once():
    memoria = Memoria(limit=BYTE, seconds=60)
    memoria.put("stato", "a", page(1000))
    memoria.put("stato", "a", page(2000))
    assert memoria.peso == page(2000).peso


def test_memoria_passes_over_a_page_too_big():
    memoria = Memoria(limit=BYTE, seconds=60)
    memoria.put("stato", "a", page(BYTE // 8))
    assert len(memoria) == 0


def test_memoria_never_gives_back_a_page_of_another_state():
    memoria = Memoria(limit=BYTE, seconds=60)
    memoria.put("ieri", "a", page(10))
    assert memoria.get("oggi", "a") is None
    memoria.put("oggi", "b", page(10))
    assert (len(memoria), memoria.peso) == (1, page(10).peso)
