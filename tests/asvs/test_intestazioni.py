"""The headers of every answer of the reserved site (ASVS 3.4, 3.5, 4.1), whatever the answer is."""

import pytest
from django.urls import reverse

from tests.factories.catalogo import OperatoreFactory

pytestmark = pytest.mark.django_db
ASSENTE = "00000000-0000-4000-8000-000000000000"
RISPOSTE = {
    "pagina": ("get", "/", 200),
    "elenco": ("get", "/casi/", 200),
    "senza barra": ("get", "/casi", 301),
    "assente": ("get", f"/casi/{ASSENTE}/", 404),
    "altrove": ("get", "/non-esiste/", 404),
    "metodo": ("put", "/casi/", 405),
    "file": ("get", "/static/non-esiste.css", 404),
    "accesso": ("get", "/accesso/conferma/", 302),
    "uscita": ("get", "/accesso/logout/", 200),
    "sonda": ("get", "/salute/viva", 200),
    "per tutti": ("get", "/chiedi-aiuto/", 200),
    "violazioni": ("get", "/violazioni/", 405),
}


@pytest.fixture
def dentro(riservato):
    riservato.force_login(OperatoreFactory(ruolo="assistente_sociale").utente)
    return riservato


@pytest.fixture(params=RISPOSTE.values(), ids=RISPOSTE)
def risposta(request, dentro):
    method, address, status = request.param
    response = getattr(dentro, method)(address)
    assert response.status_code == status
    return response


def test_every_answer_is_of_the_type_it_says_and_of_this_window(risposta):
    assert risposta["X-Content-Type-Options"] == "nosniff"
    assert risposta["Referrer-Policy"] == "same-origin"
    assert risposta["Cross-Origin-Opener-Policy"] == "same-origin"
    if risposta.content:
        assert risposta["Content-Type"] in {"text/html; charset=utf-8", "application/json"}


def test_no_answer_is_for_another_site_to_read(dentro):
    for method, address, _status in RISPOSTE.values():
        response = getattr(dentro, method)(address, headers={"Origin": "https://altrove.esempio.it"})
        assert [name for name in response.headers if name.startswith("Access-Control-")] == []


def test_nothing_of_the_area_is_loaded_by_another_site(risposta):
    assert risposta["Cross-Origin-Resource-Policy"] == "same-origin"


def test_content_policy_lets_only_our_files_in(risposta):
    said = [each.split() for each in risposta["Content-Security-Policy"].split("; ")]
    policy = {name: set(values) for name, *values in said}
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == {"'none'"}
    for name in ("default-src", "script-src", "style-src", "font-src", "form-action"):
        assert policy[name] == {"'self'"}
    assert policy["img-src"] == {"'self'", "data:"}


@pytest.mark.parametrize("address", ["/", "/casi/", "/accesso/login/", "/chiedi-aiuto/", "/non-esiste/"])
def test_trace_is_answered_by_no_page(dentro, address):
    response = dentro.trace(address, headers={"X-Segreto": "canarino"})
    assert response.status_code == (404 if "non" in address else 405)
    assert "canarino" not in response.content.decode()


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options", "trace"])
@pytest.mark.parametrize("name", ["account_login", "account_change_password", "mfa_index", "secondo_fattore"])
def test_sign_in_pages_take_the_methods_of_a_browser_alone(dentro, name, method):
    response = getattr(dentro, method)(reverse(name))
    assert (response.status_code, response.content) == (405, b"")
