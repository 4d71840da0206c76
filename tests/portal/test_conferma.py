"""Confirming who one is: the second factor again, shown now, before what weighs most."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.http import HttpResponse
from django.urls import clear_url_caches, path, reverse

from casi.ruoli import Azione
from casi.views.porta import dichiara
from portal.urls import riservato as addresses
from portal.utenti.demo import register_persona
from tests.factories.catalogo import OperatoreFactory
from tests.factories.portal import PASSWORD
from tests.support.codici import SEED, code

pytestmark = pytest.mark.django_db
CONFERMA = "/accesso/conferma/"
PESA = "/pesa/?da=1"


@pytest.fixture
def utente():
    return OperatoreFactory(ruolo="coordinatore").utente


@pytest.fixture
def area(riservato, monkeypatch):
    """The reserved process with one more page, that asks to confirm."""
    heavy = path("pesa/", dichiara(Azione.ACCREDITARE)(lambda request, attore: HttpResponse("Fatto")))
    monkeypatch.setattr(addresses, "urlpatterns", [heavy, *addresses.urlpatterns])
    clear_url_caches()
    yield riservato
    clear_url_caches()


@pytest.fixture
def clock(time_machine):
    start = datetime(2026, 3, 2, 8, tzinfo=ZoneInfo("Europe/Rome"))

    def move(minutes: float) -> None:
        time_machine.move_to(start + timedelta(minutes=minutes), tick=False)

    move(0)
    return move


def place(response) -> tuple[str, str]:
    where = urlsplit(response["Location"])
    return where.path, where.query


def test_heavy_page_asks_for_the_code_and_comes_back_to_itself(area, utente, clock):
    TOTP.activate(utente, SEED)
    area.force_login(utente)
    asked = area.get(PESA)
    assert place(asked) == (CONFERMA, "next=%2Fpesa%2F%3Fda%3D1")
    page = area.get(asked["Location"])
    assert place(page) == (reverse("mfa_reauthenticate"), "next=%2Fpesa%2F%3Fda%3D1")
    text = area.get(page["Location"]).content.decode()
    assert "Conferma che sei tu" in text
    assert reverse("account_reauthenticate") not in text
    assert area.post(page["Location"], {"code": "000000", "next": PESA}).status_code == 200
    assert area.get(PESA).status_code == 302
    assert area.post(page["Location"], {"code": code(), "next": PESA})["Location"] == PESA
    assert area.get(PESA).content == b"Fatto"


def test_confirming_lasts_ten_minutes(area, utente, clock):
    TOTP.activate(utente, SEED)
    area.force_login(utente)
    area.post(reverse("mfa_reauthenticate"), {"code": code()})
    clock(9.9)
    assert area.get(PESA).status_code == 200
    clock(10.1)
    assert place(area.get(PESA))[0] == CONFERMA


def test_signing_in_with_a_code_counts_for_its_first_ten_minutes(area, utente, clock):
    TOTP.activate(utente, SEED)
    area.post("/accesso/login/", {"login": utente.username, "password": PASSWORD})
    area.post(reverse("mfa_authenticate"), {"code": code()})
    assert area.get(PESA).status_code == 200
    clock(11)
    assert place(area.get(PESA))[0] == CONFERMA


def test_recovery_code_confirms_too(area, utente):
    TOTP.activate(utente, SEED)
    first = RecoveryCodes.activate(utente).get_unused_codes()[0]
    area.force_login(utente)
    assert area.post(reverse("mfa_reauthenticate"), {"code": first, "next": PESA})["Location"] == PESA
    assert area.get(PESA).status_code == 200


def test_passkey_confirms_too(area, utente, monkeypatch):
    key = Authenticator.objects.create(user=utente, type="webauthn", data={"name": "Chiave", "credential": {}})
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.begin_authentication", lambda user: {})
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.parse_authentication_response", lambda response: None)
    monkeypatch.setattr("allauth.mfa.webauthn.internal.auth.complete_authentication", lambda user, response: key)
    area.force_login(utente)
    page = area.get(f"{CONFERMA}?next=/pesa/")
    assert place(page)[0] == reverse("mfa_reauthenticate_webauthn")
    assert "Conferma che sei tu" in area.get(page["Location"]).content.decode()
    assert area.post(page["Location"], {"credential": '{"id": "chiave"}', "next": PESA})["Location"] == PESA
    assert area.get(PESA).status_code == 200


def test_password_alone_never_confirms(area, utente):
    """Neither for who has a factor, who is led to it, nor for who has none yet, who sets one up first."""
    area.force_login(utente)
    area.post("/accesso/reauthenticate/", {"password": PASSWORD})
    assert place(area.get(PESA))[0] == CONFERMA
    assert place(area.get(CONFERMA))[0] == reverse("secondo_fattore")
    TOTP.activate(utente, SEED)
    response = area.post("/accesso/reauthenticate/", {"password": PASSWORD, "next": PESA})
    assert place(response)[0] == reverse("mfa_reauthenticate")
    assert place(area.get(PESA))[0] == CONFERMA


@pytest.mark.parametrize("foreign", ["https://altrove.esempio.it/", "//altrove.esempio.it/", "javascript:alert(1)"])
def test_confirming_never_leads_to_a_foreign_address(area, utente, foreign):
    TOTP.activate(utente, SEED)
    area.force_login(utente)
    assert place(area.get(CONFERMA, {"next": foreign}))[1] == "next=%2F"
    assert area.post(reverse("mfa_reauthenticate"), {"code": code(), "next": foreign})["Location"] == "/"
    assert area.get(CONFERMA, {"next": foreign})["Location"] == "/"


def test_who_has_not_signed_in_signs_in_first(riservato):
    assert place(riservato.get(CONFERMA))[0] == "/accesso/login/"


@pytest.fixture
def persona(utente):
    register_persona(utente, etichetta="Coordinatrice", cosa_provare="", processo="riservato", ordine=1)
    return utente


def test_persona_of_the_demo_confirms_with_one_click_for_ten_minutes(area, persona, clock):
    area.post(f"/accesso/demo/{persona.username}/")
    page = area.get(area.get(PESA)["Location"]).content.decode()
    assert 'value="/pesa/?da=1"' in page
    assert area.post(CONFERMA, {"next": PESA})["Location"] == PESA
    assert area.get(PESA).status_code == 200
    clock(10.1)
    assert place(area.get(PESA))[0] == CONFERMA
    for nowhere in ("https://altrove.esempio.it/", "parola", "parola/", "http://["):
        assert area.post(CONFERMA, {"next": nowhere})["Location"] == "/"


def test_click_of_the_demo_confirms_nobody_outside_it(area, persona, settings):
    area.post(f"/accesso/demo/{persona.username}/")
    area.post(CONFERMA)
    assert area.get(PESA).status_code == 200
    settings.DEMO = False
    TOTP.activate(persona, SEED)
    session = area.session
    session["secondo_fattore"] = str(persona.pk)
    session.save()
    assert place(area.get(PESA))[0] == CONFERMA
    assert place(area.post(CONFERMA))[0] == reverse("mfa_reauthenticate")


def test_click_confirms_no_account_that_is_no_persona(area, utente):
    area.force_login(utente)
    assert place(area.post(CONFERMA))[0] == reverse("secondo_fattore")
    assert place(area.get(PESA))[0] == CONFERMA
