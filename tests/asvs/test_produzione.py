"""What only a production process does (ASVS 3.3, 3.4.1, 4.1.2, 11.4.2), asked of its settings and of its answers."""

import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from tests.portal.test_settings_avvio import settings_of

SITI = ("pubblico", "riservato")


@pytest.fixture
def in_rete(riservato, settings):
    """The reserved process as it answers behind https; Django reads these when a client makes its first request."""
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True
    return riservato


@pytest.mark.parametrize("process", SITI)
def test_every_cookie_is_of_one_host_and_of_https(process):
    names = settings_of(process, "SESSION_COOKIE_NAME", "CSRF_COOKIE_NAME")
    assert all(each.startswith("__Host-") for each in names)
    secure = ("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "LANGUAGE_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY")
    assert settings_of(process, *secure) == ["True"] * 4
    # `__Host-` wants them: no domain, the whole site.
    places = ("SESSION_COOKIE_DOMAIN", "CSRF_COOKIE_DOMAIN", "SESSION_COOKIE_PATH", "CSRF_COOKIE_PATH")
    assert settings_of(process, *places) == ["None", "None", "/", "/"]
    same_site = "Strict" if process == "riservato" else "Lax"
    assert settings_of(process, "SESSION_COOKIE_SAMESITE", "CSRF_COOKIE_SAMESITE") == [same_site] * 2


def test_language_of_the_reserved_site_is_kept_so_too():
    assert settings_of("riservato", "LANGUAGE_COOKIE_NAME", "LANGUAGE_COOKIE_PATH", "LANGUAGE_COOKIE_DOMAIN") == [
        "__Host-tessere_riservato_lingua", "/", "None",
    ]  # fmt: skip


@pytest.mark.parametrize("process", SITI)
def test_every_process_asks_browsers_to_come_back_by_https(process):
    names = ("SECURE_HSTS_SECONDS", "SECURE_HSTS_INCLUDE_SUBDOMAINS", "SECURE_SSL_REDIRECT")
    assert settings_of(process, *names) == ["31536000", "True", "True"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "address", ["/", "/non-esiste/", "/accesso/login/", "/chiedi-aiuto/", "/violazioni/", "/salute/viva"]
)
def test_every_answer_tells_browsers_to_come_back_by_https(in_rete, address):
    response = in_rete.get(address, secure=True)
    assert response["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains; preload"


@pytest.mark.django_db
def test_pages_go_on_to_https_and_probes_do_not(in_rete):
    assert in_rete.get("/casi/")["Location"] == "https://testserver/casi/"
    assert in_rete.get("/salute/viva").status_code == 200


@pytest.mark.parametrize("process", SITI)
def test_passwords_are_kept_by_a_slow_function(process):
    hashers = settings_of(process, "PASSWORD_HASHERS")
    assert "PBKDF2PasswordHasher" in hashers[0]
    assert PBKDF2PasswordHasher.iterations >= 1_000_000
    assert PBKDF2PasswordHasher.digest().name == "sha256"
