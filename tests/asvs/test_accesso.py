"""Accounts and factors (ASVS 6): none to begin with, nothing told of who has one, nobody tried at in silence."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import MD5PasswordHasher
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.utenti.inviti import invite, make_account
from portal.utenti.models import Utente
from portal.utenti.tentativi import AVVISO, QUANTI
from tests.factories.catalogo import OperatoreFactory
from tests.factories.portal import PASSWORD
from tests.support.codici import SEED, code
from tests.support.html import without_token

pytestmark = pytest.mark.django_db
SOGGETTO = "Tessere: qualcuno prova a entrare con il tuo nome"


@pytest.fixture
def utente():
    found = OperatoreFactory(ruolo="assistente_sociale").utente
    TOTP.activate(found, SEED)
    return found


def sign_in(client, login: str, password: str = PASSWORD, **more):
    return client.post("/accesso/login/", {"login": login, "password": password}, **more)


def told() -> list[tuple[str, list[str]]]:
    return [(each.subject, each.to) for each in mail.outbox]


def test_new_database_has_no_account():
    assert not Utente.objects.exists()
    assert not EmailAddress.objects.exists()


@pytest.mark.usefixtures("compiti")
def test_who_is_tried_at_is_told_once(riservato, utente):
    for each in range(AVVISO + 3):
        sign_in(riservato, utente.username, "sbagliata", REMOTE_ADDR=f"192.0.2.{each}")
    assert told() == [(SOGGETTO, [utente.email])]
    assert utente.last_name not in mail.outbox[0].body


@pytest.mark.usefixtures("compiti")
def test_who_gets_it_right_in_the_end_is_told_nothing(riservato, utente):
    for each in range(AVVISO - 1):
        sign_in(riservato, utente.username, "sbagliata", REMOTE_ADDR=f"192.0.2.{each}")
    sign_in(riservato, utente.username)
    assert told() == []


@pytest.mark.usefixtures("compiti")
def test_whose_password_is_known_to_who_tries_codes_is_told(riservato, utente):
    sign_in(riservato, utente.username)
    for _each in range(QUANTI + 2):
        riservato.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert told() == [(SOGGETTO, [utente.email])]


def test_unknown_name_is_answered_as_a_wrong_password_after_the_same_hashing(riservato, utente, monkeypatch):
    """What takes time is the hashing; of somebody with a tie there is a line of the register more."""
    hashed, encode = [], MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))
    said, cost, work = [], [], []
    for name in (utente.username, "nessuno"):
        hashed.clear()
        with CaptureQueriesContext(connection) as asked:
            answers = [sign_in(riservato, name, "sbagliata", REMOTE_ADDR=f"192.0.2.{n}") for n in range(AVVISO)]
        said.append([(each.status_code, without_token(each.content.decode()).replace(name, "…")) for each in answers])
        cost.append(len(asked))
        work.append(len(hashed))
    assert said[0] == said[1]
    assert work == [AVVISO, AVVISO]
    assert cost[0] - cost[1] <= 2 * AVVISO


@pytest.mark.parametrize(("minutes", "good"), [(-5, True), (5, False)])
def test_invitation_ends_after_three_days(riservato, minutes, good):
    utente = make_account(email="nuova@esempio.it", nome="Nuova", cognome="Persona")
    invite(utente)
    link = mail.outbox[0].body.split("http://localhost:8001")[1].split()[0]
    with time_machine.travel(timezone.localtime() + timedelta(days=3, minutes=minutes), tick=False):
        assert ('name="password1"' in riservato.get(link, follow=True).content.decode()) is good


def test_seed_of_the_recovery_codes_is_not_readable_in_the_database(utente):
    codes = RecoveryCodes.activate(utente).get_unused_codes()
    row = Authenticator.objects.get(user=utente, type=Authenticator.Type.RECOVERY_CODES)
    kept = str(row.data)
    assert not any(each in kept for each in codes)
    assert set(row.data) == {"seed", "used_mask"}
    assert row.data["seed"].startswith("gAAAA")  # Fernet's own beginning


def test_recovery_codes_are_long_enough_and_never_two_alike(utente):
    codes = RecoveryCodes.activate(utente).get_unused_codes()
    assert len(set(codes)) == len(codes) == 10
    assert {len(each) for each in codes} == {8}  # digits: 26 bits


def test_code_of_two_minutes_ago_opens_nothing(riservato, utente):
    before = code()
    sign_in(riservato, utente.username)
    with time_machine.travel(timezone.now() + timedelta(seconds=100), tick=False):
        riservato.post(reverse("mfa_authenticate"), {"code": before})
    assert riservato.get("/")["Location"].startswith("/accesso/login/")
