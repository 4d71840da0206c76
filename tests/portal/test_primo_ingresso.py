"""The first time somebody enters: from the mail that the desk sent to the area itself, through the pages alone."""

import json
import re

import pytest
from django.core import mail
from django.urls import reverse

from portal.utenti.inviti import invite
from tests.factories.catalogo import OperatoreFactory
from tests.factories.portal import PASSWORD
from tests.support.chiave import Chiave
from tests.support.codici import SEED, code

pytestmark = pytest.mark.django_db
SITO = "http://testserver"


@pytest.fixture
def seed(monkeypatch):
    """Of the codes that the telephone will show."""
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.generate_totp_secret", lambda length=20: SEED)


@pytest.fixture
def invitata(db):
    utente = OperatoreFactory(ruolo="assistente_sociale").utente
    utente.set_unusable_password()
    utente.save(update_fields=["password"])
    invite(utente)
    return utente


def link_in_the_mail() -> str:
    return re.search(r"https?://[^/]+(/\S+)", mail.outbox[-1].body)[1]


def choose_a_password(client) -> None:
    form = client.get(link_in_the_mail(), follow=True)
    chosen = client.post(form.request["PATH_INFO"], {"password1": PASSWORD, "password2": PASSWORD})
    assert chosen.status_code == 302


def sign_in(client, utente) -> None:
    client.post(reverse("account_login"), {"login": utente.email, "password": PASSWORD})
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})


def add_a_code(client) -> None:
    assert client.get(reverse("mfa_activate_totp")).status_code == 200
    client.post(reverse("mfa_activate_totp"), {"code": code()})


def add_a_key(client) -> None:
    page = client.get(reverse("mfa_add_webauthn"))
    told = re.search(r'<script id="js_data"[^>]*>(.*?)</script>', page.content.decode(), re.S)
    answer = Chiave().make(json.loads(told[1])["creation_options"], origin=SITO)
    client.post(reverse("mfa_add_webauthn"), {"name": "La mia", "credential": answer})


@pytest.mark.parametrize("add", [add_a_code, add_a_key])
@pytest.mark.usefixtures("seed")
def test_who_is_invited_chooses_a_password_adds_a_factor_and_is_in(riservato, invitata, settings, add):
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    choose_a_password(riservato)
    sign_in(riservato, invitata)
    assert riservato.get("/").status_code == 302
    add(riservato)
    assert riservato.get("/").status_code == 200


@pytest.mark.usefixtures("seed")
def test_password_asked_for_by_a_stranger_keeps_nobody_from_adding_a_factor(riservato, client):
    utente = OperatoreFactory(ruolo="assistente_sociale").utente
    client.post(reverse("account_reset_password"), {"email": utente.email})
    sign_in(riservato, utente)
    add_a_code(riservato)
    assert riservato.get("/").status_code == 200


@pytest.mark.usefixtures("seed")
def test_password_chosen_anew_keeps_nobody_from_adding_a_factor(riservato):
    utente = OperatoreFactory(ruolo="assistente_sociale").utente
    riservato.post(reverse("account_reset_password"), {"email": utente.email})
    choose_a_password(riservato)
    sign_in(riservato, utente)
    add_a_code(riservato)
    assert riservato.get("/").status_code == 200
