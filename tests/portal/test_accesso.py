"""Signing in: one door for both processes, a second factor before anything that matters, calm when it goes wrong."""

from datetime import datetime, timedelta
from functools import partial
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.signals import authenticator_added
from allauth.mfa.totp.internal.auth import TOTP
from django.core import mail
from django.core.cache import cache
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished
from django.db import close_old_connections, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.utenti.models import SessioneRiservata, Utente
from portal.utenti.secondo_fattore import has_passed
from tests.factories.catalogo import OperatoreFactory
from tests.factories.portal import PASSWORD, UtenteFactory
from tests.support.codici import SEED, code
from tests.support.html import StrictClient

pytestmark = pytest.mark.django_db
PASSO = "/accesso/secondo-fattore/"


@pytest.fixture
def utente():
    return OperatoreFactory(ruolo="assistente_sociale").utente


def sign_in(client, login: str, password: str = PASSWORD, **extra):
    return client.post("/accesso/login/", {"login": login, "password": password}, **extra)


def path_of(response) -> str:
    return urlsplit(response["Location"]).path


# --- Second factor


def test_password_alone_leads_to_the_second_factor_and_no_further(riservato, utente):
    sign_in(riservato, utente.username)
    for address in ("/", "/casi/", "/non-esiste/"):
        response = riservato.get(address)
        assert (response.status_code, path_of(response)) == (302, PASSO)
    page = riservato.get(f"{PASSO}?next=/casi/").content.decode()
    assert reverse("mfa_activate_totp") in page
    assert reverse("mfa_add_webauthn") in page


def test_setting_up_a_code_opens_the_area_in_the_same_session(riservato, utente, monkeypatch, clock):
    monkeypatch.setattr("allauth.mfa.totp.internal.auth.generate_totp_secret", lambda length=20: SEED)
    sign_in(riservato, utente.username)
    riservato.post("/accesso/reauthenticate/", {"password": PASSWORD})
    assert "authenticator_secret" in riservato.get("/accesso/2fa/totp/activate/").content.decode()
    assert riservato.post("/accesso/2fa/totp/activate/", {"code": code()}).status_code == 302
    assert riservato.get("/").status_code == 200
    assert path_of(riservato.get(f"{PASSO}?next=/casi/")) == "/casi/"
    again = riservato.post(reverse("mfa_reauthenticate"), {"code": code()})
    assert "è già servito" in again.content.decode()


def test_sign_in_with_code_opens_the_area(riservato, utente):
    TOTP.activate(utente, SEED)
    assert path_of(sign_in(riservato, utente.email)) == reverse("mfa_authenticate")
    assert path_of(riservato.get("/")) == "/accesso/login/"
    assert path_of(riservato.post(reverse("mfa_authenticate"), {"code": code()})) == "/"
    assert riservato.get("/").status_code == 200


@pytest.mark.parametrize("later", [0, 31, 59])
def test_code_counts_once_for_as_long_as_it_would_be_good_and_in_every_process(riservato, utente, later, time_machine):
    """Emptying the cache is another process: it remembers no code."""
    time_machine.move_to(datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/Rome")), tick=False)
    TOTP.activate(utente, SEED)
    first, third = code(ahead=1), code(ahead=2)
    sign_in(riservato, utente.username)
    assert path_of(riservato.post(reverse("mfa_authenticate"), {"code": f"{first[:3]} {first[3:]}"})) == "/"
    time_machine.shift(later)
    cache.clear()
    altrove = StrictClient()
    sign_in(altrove, utente.username)
    refused = altrove.post(reverse("mfa_authenticate"), {"code": first})
    assert "è già servito" in refused.content.decode()
    assert path_of(altrove.get("/")) == "/accesso/login/"
    assert altrove.post(reverse("mfa_authenticate"), {"code": code()}).status_code == 200  # nor one before it
    time_machine.move_to(datetime(2026, 3, 2, 9, 1, tzinfo=ZoneInfo("Europe/Rome")), tick=False)
    assert path_of(altrove.post(reverse("mfa_authenticate"), {"code": third})) == "/"
    cache.clear()
    assert "è già servito" in riservato.post(reverse("mfa_reauthenticate"), {"code": third}).content.decode()


def test_last_recovery_code_lets_in_once_and_the_page_says_whom_to_call_without_one(riservato, utente):
    TOTP.activate(utente, SEED)
    *_others, last = RecoveryCodes.activate(utente).get_unused_codes()
    for each in _others:
        assert RecoveryCodes(utente.authenticator_set.get(type="recovery_codes")).validate_code(each)
    sign_in(riservato, utente.username)
    page = riservato.get(reverse("mfa_authenticate")).content.decode()
    assert "codici di recupero" in page
    assert "chiama chi coordina la rete" in page
    assert path_of(riservato.post(reverse("mfa_authenticate"), {"code": last})) == "/"
    assert riservato.get("/").status_code == 200
    riservato.post("/accesso/logout/")
    sign_in(riservato, utente.username)
    assert riservato.post(reverse("mfa_authenticate"), {"code": last}).status_code == 200
    assert path_of(riservato.get("/")) == "/accesso/login/"


def test_session_that_skipped_an_existing_factor_is_asked_for_it(riservato, utente):
    """As after a factor was set up elsewhere, or a sign-in by a door that knows none."""
    super(StrictClient, riservato).force_login(utente)
    TOTP.activate(utente, SEED)
    page = riservato.get(f"{PASSO}?next=/casi/").content.decode()
    assert reverse("mfa_reauthenticate") in page
    response = riservato.post(reverse("mfa_reauthenticate") + "?next=/casi/", {"code": code()})
    assert path_of(response) == "/casi/"
    assert riservato.get("/casi/").status_code == 200


def test_second_factor_never_leads_to_a_foreign_address(riservato, utente):
    riservato.force_login(utente)
    assert riservato.get(f"{PASSO}?next=https://altrove.esempio.it/")["Location"] == "/"


@pytest.mark.parametrize(("kind", "passed"), [("recovery_codes", False), ("totp", True), ("webauthn", True)])
def test_recovery_codes_that_we_make_prove_nothing(rf, utente, kind, passed):
    request = rf.get("/")
    request.user, request.session = utente, {}
    added = Authenticator(user=utente, type=kind, data={})
    authenticator_added.send(sender=Authenticator, request=request, user=utente, authenticator=added)
    assert has_passed(request) is passed


def test_admin_of_wagtail_asks_for_the_second_factor_too(client):
    amministratore = UtenteFactory(amministratore=True)
    sign_in(client, amministratore.username)
    assert path_of(client.get("/amministrazione/")) == PASSO
    assert path_of(client.get("/amministrazione/pages/")) == PASSO
    client.force_login(amministratore)
    assert client.get("/amministrazione/").status_code == 200


def test_seed_of_the_codes_is_not_readable_in_the_database(utente):
    TOTP.activate(utente, SEED)
    with connection.cursor() as cursor:
        cursor.execute("SELECT data::text FROM mfa_authenticator")
        assert SEED not in cursor.fetchone()[0]
    assert Authenticator.objects.get().wrap().validate_code(code())


# --- One door


def test_admin_of_wagtail_has_no_door_of_its_own(client):
    assert path_of(client.get("/amministrazione/")) == "/accesso/login/"
    assert client.get("/amministrazione/login/?next=/amministrazione/")["Location"] == (
        "/accesso/login/?next=/amministrazione/"
    )
    assert path_of(client.get("/amministrazione/password_reset/")) == "/accesso/password/reset/"


@pytest.mark.parametrize("address", ["signup/", "email/", "confirm-email/x/"])
def test_accounts_are_made_by_the_desk(client, riservato, address):
    assert client.get(f"/accesso/{address}").status_code == 404
    assert client.post(f"/accesso/{address}", {"username": "x"}).status_code == 404
    assert not Utente.objects.exists()


def test_every_sign_in_page_is_in_our_frame_and_free_of_inline_code(riservato, utente):
    """The client refuses inline code; the frame shows by its name of the area."""
    for address in ("login/", "password/reset/", "password/reset/done/"):
        assert "Area riservata" in riservato.get(f"/accesso/{address}").content.decode()
    sign_in(riservato, utente.username)
    riservato.post("/accesso/reauthenticate/", {"password": PASSWORD})
    TOTP.activate(utente, SEED)
    for address in ("2fa/", "2fa/webauthn/", "2fa/webauthn/add/", "2fa/recovery-codes/generate/", "password/change/",
                    "logout/", "2fa/reauthenticate/", "2fa/totp/deactivate/"):  # fmt: skip
        response = riservato.get(f"/accesso/{address}")
        assert response.status_code == 200, address
        assert "Area riservata" in response.content.decode()


def test_password_reset_writes_to_the_person_and_tells_a_stranger_nothing(riservato, utente):
    answers = [riservato.post("/accesso/password/reset/", {"email": who}) for who in (utente.email, "x@esempio.it")]
    assert answers[0]["Location"] == answers[1]["Location"]
    assert [message.to for message in mail.outbox] == [[utente.email]]


@pytest.mark.parametrize("site", ["pubblico", "riservato"])
def test_password_reset_has_answered_before_it_looks_who_it_is(utente, rf, site, request):
    """Else how long the page takes would tell who has an account."""
    request.getfixturevalue("client" if site == "pubblico" else site)
    request_finished.disconnect(close_old_connections)  # as Django's client does: it would end the test's transaction
    request.addfinalizer(partial(request_finished.connect, close_old_connections))
    answers = []
    for who in (utente.email, "x@esempio.it"):
        sent = rf.post("/accesso/password/reset/", {"email": who})
        sent._dont_enforce_csrf_checks = True
        mail.outbox.clear()
        with CaptureQueriesContext(connection) as asked:
            response = WSGIHandler().get_response(sent)
        answers.append((response["Location"], mail.outbox.copy(), [query["sql"] for query in asked]))
        response.close()
        answers[-1] += ([message.to for message in mail.outbox],)
    known, unknown = answers
    assert known[:3] == unknown[:3] == ("/accesso/password/reset/done/", [], known[2])
    assert not any("utenti_utente" in sql for sql in known[2])
    assert (known[3], unknown[3]) == ([[utente.email]], [])


@pytest.mark.parametrize("onward", ["http://[", "//[", "https://altrove.invalid/"])
def test_no_place_to_go_on_to_is_left_aside(riservato, utente, onward):
    for address in ("login/", "password/reset/"):
        assert riservato.get(f"/accesso/{address}", {"next": onward}).status_code == 200
    entered = riservato.post("/accesso/login/", {"login": utente.username, "password": PASSWORD, "next": onward})
    assert entered["Location"] == "/"


# --- Too many attempts


def test_too_many_requests_are_told_so_in_italian(riservato, utente, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "reset_password": "1/m/ip"}
    answers = [riservato.post("/accesso/password/reset/", {"email": utente.email}) for _each in range(2)]
    assert [answer.status_code for answer in answers] == [302, 429]
    assert "Aspetta un momento" in answers[1].content.decode()


def test_fifth_wrong_password_closes_the_pair_of_account_and_address_calmly(client, utente):
    others = {"REMOTE_ADDR": "192.0.2.7"}
    for login in (utente.username, utente.email, utente.username.upper(), utente.username):
        assert sign_in(client, login, "sbagliata").status_code == 200
    locked = sign_in(client, utente.username, "sbagliata")
    assert locked.status_code == 429
    assert "Aspetta un quarto d'ora" in locked.content.decode()
    assert sign_in(client, utente.username).status_code == 429
    assert sign_in(client, utente.username, **others).status_code == 302
    assert sign_in(StrictClient(), UtenteFactory().username).status_code == 302


def test_lock_opens_again_after_a_quarter_of_an_hour(client, utente, time_machine):
    start = datetime(2026, 3, 2, 9, tzinfo=ZoneInfo("Europe/Rome"))
    time_machine.move_to(start, tick=False)
    for _ in range(5):
        sign_in(client, utente.username, "sbagliata")
    time_machine.move_to(start + timedelta(minutes=14), tick=False)
    assert sign_in(client, utente.username).status_code == 429
    time_machine.move_to(start + timedelta(minutes=35), tick=False)
    assert sign_in(client, utente.username).status_code == 302


# --- Sessions of the reserved process


@pytest.fixture
def clock(time_machine):
    """`clock(minutes)`: that many minutes after a Monday's start."""
    start = datetime(2026, 3, 2, 8, tzinfo=ZoneInfo("Europe/Rome"))

    def move(minutes: float) -> None:
        time_machine.move_to(start + timedelta(minutes=minutes), tick=False)

    move(0)
    return move


def test_session_of_the_area_lives_in_its_own_table_with_its_owner(riservato, utente):
    riservato.force_login(utente)
    riservato.get("/")
    assert SessioneRiservata.objects.get().utente_id == utente.pk
    assert riservato.cookies["tessere_riservato"]["samesite"] == "Strict"
    assert riservato.cookies["tessere_riservato"]["httponly"]


def test_session_ends_after_fifteen_idle_minutes(riservato, utente, clock):
    riservato.force_login(utente)
    for minutes in (0, 14, 28):
        clock(minutes)
        assert riservato.get("/").status_code == 200
    clock(44)
    assert path_of(riservato.get("/")) == "/accesso/login/"


def test_use_of_a_session_is_written_once_a_minute_at_most(riservato, utente, clock):
    """Never so late that the session would outlive its idle time."""

    def end():
        assert riservato.get("/").status_code == 200
        return SessioneRiservata.objects.get().expire_date

    clock(0)
    riservato.force_login(utente)
    first = end()
    clock(0.9)
    assert end() == first
    clock(1)
    assert end() == first + timedelta(minutes=1)


@pytest.mark.matrice
def test_session_ends_after_ten_hours_of_steady_work(riservato, utente, clock):
    riservato.force_login(utente)
    for minutes in range(0, 600, 14):
        clock(minutes)
        assert riservato.get("/").status_code == 200, minutes
    clock(601)
    assert path_of(riservato.get("/")) == "/accesso/login/"


def test_session_ends_when_the_password_changes(riservato, utente):
    riservato.force_login(utente)
    assert riservato.get("/").status_code == 200
    utente.set_password("un'altra parola d'ordine")
    utente.save()
    assert path_of(riservato.get("/")) == "/accesso/login/"


def test_role_riservato_is_enough_to_sign_in_and_set_up_a_factor(riservato, utente, act_as):
    TOTP.activate(utente, SEED)
    act_as("riservato")
    assert sign_in(riservato, utente.username, "sbagliata").status_code == 200
    sign_in(riservato, utente.username)
    assert path_of(riservato.post(reverse("mfa_authenticate"), {"code": code()})) == "/"
    assert riservato.get("/accesso/2fa/").status_code == 200
    assert riservato.post("/accesso/logout/").status_code == 302


# --- Accounts are kept


@pytest.fixture
def amministrazione(client):
    client.force_login(UtenteFactory(amministratore=True))
    return client


def test_admin_deletes_no_account(amministrazione, utente):
    response = amministrazione.post(reverse("wagtailusers_users:delete", args=[utente.pk]))
    assert path_of(response) == reverse("wagtailusers_users:edit", args=[utente.pk])
    assert Utente.objects.filter(pk=utente.pk).exists()


def test_admin_deletes_no_accounts_in_bulk(amministrazione, utente):
    address = reverse("wagtail_bulk_action", args=["utenti", "utente", "delete"])
    assert path_of(amministrazione.post(f"{address}?id={utente.pk}")) == reverse("wagtailusers_users:index")
    assert Utente.objects.filter(pk=utente.pk).exists()
