"""Signing in, failing to and leaving are on the register of the area."""

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.urls import reverse

from casi.models import Registro
from tests.factories.catalogo import OperatoreFactory
from tests.factories.portal import PASSWORD, UtenteFactory
from tests.support.codici import SEED, code

pytestmark = pytest.mark.django_db


@pytest.fixture
def operatore():
    found = OperatoreFactory(ruolo="assistente_sociale")
    TOTP.activate(found.utente, SEED)
    return found


def sign_in(client, login: str, password: str):
    return client.post("/accesso/login/", {"login": login, "password": password})


def lines() -> list[tuple[str, str, str]]:
    found = Registro.objects.order_by("pk").exclude(finalita="")
    return [(line.azione, line.finalita, line.esito) for line in found]


def test_sign_in_with_its_failures_and_its_end_is_on_the_register(riservato, operatore, act_as):
    act_as("riservato")
    sign_in(riservato, operatore.utente.email, "sbagliata")
    sign_in(riservato, operatore.utente.username, PASSWORD)
    riservato.post(reverse("mfa_authenticate"), {"code": "000000"})
    riservato.post(reverse("mfa_authenticate"), {"code": code()})
    riservato.post("/accesso/logout/")
    assert lines() == [
        ("entrare", "accesso", "negato"),
        ("entrare", "secondo fattore", "negato"),
        ("entrare", "accesso", "consentito"),
        ("entrare", "uscita", "consentito"),
    ]
    assert set(Registro.objects.values_list("operatore_id", "indirizzo")) == {(operatore.pk, "127.0.0.1")}


def test_wrong_key_is_on_the_register_as_a_wrong_code_is(riservato, operatore):
    sign_in(riservato, operatore.utente.username, PASSWORD)
    riservato.get(reverse("mfa_authenticate"))
    riservato.post(reverse("mfa_authenticate"), {"credential": "{}"})
    riservato.post(reverse("mfa_authenticate"), {"code": code()})
    assert lines() == [("entrare", "secondo fattore", "negato"), ("entrare", "accesso", "consentito")]


def test_locked_account_leaves_a_line_for_each_try_that_was_counted(riservato, operatore):
    for _each in range(5):
        sign_in(riservato, operatore.utente.username, "sbagliata")
    assert [line for line in lines() if line[2] == "negato"][:5] == [("entrare", "accesso", "negato")] * 5


def test_unknown_name_and_person_without_tie_leave_no_line(riservato):
    utente = UtenteFactory()
    sign_in(riservato, "nessuno", "x")
    sign_in(riservato, utente.username, PASSWORD)
    assert lines() == []


def test_sign_in_to_the_public_site_is_not_on_the_register_of_the_area(client, operatore):
    sign_in(client, operatore.utente.username, "sbagliata")
    sign_in(client, operatore.utente.username, PASSWORD)
    client.post(reverse("mfa_authenticate"), {"code": code()})
    assert lines() == []


def test_sign_in_that_cannot_be_written_down_does_not_happen(riservato, operatore, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr("casi.actions.accessi.record", broken)
    sign_in(riservato, operatore.utente.username, PASSWORD)
    assert riservato.post(reverse("mfa_authenticate"), {"code": code()}).status_code == 500
    monkeypatch.undo()
    assert riservato.get("/")["Location"].startswith("/accesso/login/")
