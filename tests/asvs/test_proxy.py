"""Whose word is taken for the address and the scheme of a request (ASVS 4.1.3, 12.3.2, 15.3.4)."""

import ast

import pytest

from casi.models import Registro
from portal.settings import base
from tests.asvs.test_codice import ours
from tests.factories.catalogo import OperatoreFactory
from tests.portal.test_settings_avvio import settings_of

pytestmark = pytest.mark.django_db
FINTO = {
    "HTTP_X_FORWARDED_FOR": "203.0.113.9",
    "HTTP_X_REAL_IP": "203.0.113.9",
    "HTTP_FORWARDED": "for=203.0.113.9;proto=https",
    "HTTP_X_FORWARDED_PROTO": "https",
    "HTTP_X_FORWARDED_HOST": "altrove.esempio.it",
}


def address_written(client) -> str:
    client.get("/casi/", REMOTE_ADDR="192.0.2.7", **FINTO)
    return Registro.objects.order_by("-pk")[0].indirizzo


@pytest.fixture
def dentro(riservato):
    riservato.force_login(OperatoreFactory(ruolo="assistente_sociale").utente)
    return riservato


def test_visitor_cannot_speak_for_the_proxy(dentro):
    assert address_written(dentro) == "192.0.2.7"
    request = dentro.get("/casi/", **FINTO).wsgi_request
    assert (request.scheme, request.get_host()) == ("http", "testserver")


def test_behind_our_proxy_the_address_is_the_one_it_saw_and_not_one_that_came_with_the_request(dentro, settings):
    """It writes the last of them."""
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = 1
    dentro.get("/casi/", REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="203.0.113.9, 192.0.2.7")
    assert Registro.objects.order_by("-pk")[0].indirizzo == "192.0.2.7"


def test_word_of_a_proxy_is_taken_where_the_settings_say_there_is_one():
    assert (base.ALLAUTH_TRUSTED_PROXY_COUNT, base.SECURE_PROXY_SSL_HEADER) == (0, None)
    assert settings_of("riservato", "USE_X_FORWARDED_HOST", "USE_X_FORWARDED_PORT") == ["False", "False"]


def skips(module: ast.Module) -> list[int]:
    """Calls that do not look at the certificate of whom they speak to."""
    words = {"verify", "verify_certs", "check_hostname", "ssl_verify", "validate_certs"}
    return [
        call.lineno
        for call in ast.walk(module)
        if isinstance(call, ast.Call)
        for word in call.keywords
        if word.arg in words and isinstance(word.value, ast.Constant) and word.value.value is False
    ]


def test_no_client_of_ours_skips_the_certificate():
    assert {file: found for file, module in ours() if (found := skips(module))} == {}
    assert skips(ast.parse("get(x, verify=False)"))
