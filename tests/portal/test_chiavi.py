"""Keys and passkeys: made for both sites where the settings name what is above them, and answered to ours alone."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse

from casi.models import Registro
from tests.factories.catalogo import OperatoreFactory
from tests.factories.portal import PASSWORD
from tests.support.chiave import Chiave

pytestmark = pytest.mark.django_db
PORTALE, CASI, ALTRO = "portale.esempio.it", "casi.esempio.it", "altro.esempio.it"
SOLO_QUI = "solo per il sito su cui"


@pytest.fixture
def due_siti(settings, riservato):
    settings.ALLOWED_HOSTS = [PORTALE, CASI]
    settings.URL_PUBBLICO, settings.URL_RISERVATO = f"https://{PORTALE}", f"https://{CASI}"
    settings.DOMINIO_CHIAVI = "esempio.it"


@pytest.fixture
def utente(due_siti):
    return OperatoreFactory(ruolo="assistente_sociale").utente


class Sicuro(Client):
    """By https; not strict, for a page that gives back an answer is full of braces."""

    def generic(self, *args, **kwargs):
        return super().generic(*args, **{**kwargs, "secure": True})


def on(host: str) -> Client:
    return Sicuro(SERVER_NAME=host)


def options_in(page) -> dict:
    """What the page hands to the browser."""
    told = re.search(r'<script id="js_data"[^>]*>(.*?)</script>', page.content.decode(), re.S)
    return next(iter(json.loads(told[1]).values()))


def add_key(utente, *, on_site: str, origin: str = "") -> tuple[Chiave, int]:
    client, key = on(on_site), Chiave()
    client.post(reverse("account_login"), {"login": utente.username, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    options = options_in(client.get(reverse("mfa_add_webauthn")))
    answer = key.make(options, origin=origin or f"https://{on_site}")
    return key, client.post(reverse("mfa_add_webauthn"), {"name": "Chiave", "credential": answer}).status_code


def enter(key: Chiave, *, on_site: str, origin: str = "") -> Client:
    client = on(on_site)
    options = client.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"}).json()
    answer = key.sign(options["request_options"], origin=origin or f"https://{on_site}")
    client.post(reverse("mfa_login_webauthn"), {"credential": answer})
    return client


def is_in(client: Client) -> bool:
    return client.get("/").status_code == 200


@pytest.mark.parametrize(("made", "used"), [(PORTALE, CASI), (CASI, CASI), (CASI, PORTALE)])
def test_passkey_made_on_one_site_opens_the_other(utente, made, used):
    key, status = add_key(utente, on_site=made)
    assert status == 302
    assert is_in(enter(key, on_site=used))


def test_key_is_the_second_step_too(utente):
    key, _ = add_key(utente, on_site=PORTALE)
    client = on(CASI)
    client.post(reverse("account_login"), {"login": utente.username, "password": PASSWORD})
    page = client.get(reverse("mfa_authenticate"))
    assert SOLO_QUI not in page.content.decode()
    answer = key.sign(options_in(page), origin=f"https://{CASI}")
    client.post(reverse("mfa_authenticate"), {"credential": answer})
    assert is_in(client)


@pytest.mark.parametrize("elsewhere", [ALTRO, PORTALE])
def test_answer_given_to_another_site_of_the_domain_opens_nothing(utente, elsewhere):
    key, _ = add_key(utente, on_site=CASI)
    assert not is_in(enter(key, on_site=CASI, origin=f"https://{elsewhere}"))
    assert is_in(enter(key, on_site=CASI))


def test_key_made_for_another_site_of_the_domain_is_not_added(utente):
    assert add_key(utente, on_site=CASI, origin=f"https://{ALTRO}")[1] == 200


NESTED, LONG = "[" * 100_000, "9" * 5_000  # more than Python reads
NESSUNA = ["[]", "{}", '{"response": {"clientDataJSON": "x"}}', '{"response": 3}', "null", NESTED, LONG]


@pytest.mark.parametrize("answer", NESSUNA)
def test_answer_that_makes_no_key_is_a_wrong_one(utente, answer):
    client = on(CASI)
    client.post(reverse("account_login"), {"login": utente.username, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    assert "js_data" in client.get(reverse("mfa_add_webauthn")).content.decode()
    assert client.post(reverse("mfa_add_webauthn"), {"name": "Chiave", "credential": answer}).status_code == 200


@pytest.mark.parametrize("answer", NESSUNA)
def test_answer_that_is_none_is_a_wrong_one_at_each_of_the_doors(utente, answer):
    key, _ = add_key(utente, on_site=CASI)
    client = on(CASI)
    client.get(reverse("mfa_login_webauthn"), headers={"X-Requested-With": "XMLHttpRequest"})
    assert client.post(reverse("mfa_login_webauthn"), {"credential": answer}).status_code < 500
    client.post(reverse("account_login"), {"login": utente.username, "password": PASSWORD})
    client.get(reverse("mfa_authenticate"))
    assert client.post(reverse("mfa_authenticate"), {"credential": answer}).status_code == 200
    assert not is_in(client)
    client = enter(key, on_site=CASI)
    assert client.post(reverse("mfa_reauthenticate_webauthn"), {"credential": answer}).status_code == 302
    assert Registro.objects.filter(finalita="secondo fattore", esito="negato").count() == 2


def test_without_a_name_above_a_key_counts_for_one_site_and_the_pages_say_so(utente, settings):
    settings.DOMINIO_CHIAVI = ""
    client = on(CASI)
    client.post(reverse("account_login"), {"login": utente.username, "password": PASSWORD})
    assert "scegli il codice" in client.get(reverse("secondo_fattore")).content.decode()
    key, _ = add_key(utente, on_site=PORTALE)
    client = on(CASI)
    client.post(reverse("account_login"), {"login": utente.username, "password": PASSWORD})
    assert SOLO_QUI in client.get(reverse("mfa_authenticate")).content.decode()
    assert not is_in(enter(key, on_site=CASI))
    key, _ = add_key(OperatoreFactory(ruolo="assistente_sociale").utente, on_site=CASI)
    assert is_in(enter(key, on_site=CASI))
