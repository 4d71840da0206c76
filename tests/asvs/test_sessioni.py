"""Sessions (ASVS 7): new at each entry, seen and ended by whose they are, and by who runs the server."""

import math
import re
from hashlib import sha256
from io import StringIO

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.sessions.backends.base import VALID_KEY_CHARS
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from casi.models import Registro
from portal.utenti.models import SessioneRiservata
from portal.utenti.sessioni import SessionStore
from tests.factories.catalogo import OperatoreFactory
from tests.factories.portal import PASSWORD, UtenteFactory
from tests.support.codici import SEED, code
from tests.support.html import StrictClient

pytestmark = pytest.mark.django_db


@pytest.fixture
def utente():
    found = OperatoreFactory(ruolo="assistente_sociale").utente
    TOTP.activate(found, SEED)
    return found


@pytest.fixture
def dentro(riservato, utente) -> StrictClient:
    enter(riservato, utente)
    return riservato


def enter(client, utente) -> None:
    client.post("/accesso/login/", {"login": utente.username, "password": PASSWORD})
    client.post(reverse("mfa_authenticate"), {"code": code()})


def elsewhere(utente) -> StrictClient:
    """The same person in another browser."""
    other = StrictClient(raise_request_exception=False)
    other.force_login(utente)
    assert other.get("/").status_code == 200
    return other


def is_out(client) -> bool:
    return client.get("/").headers.get("Location", "").startswith("/accesso/login/")


def key(client) -> str:
    return client.cookies["tessere_riservato"].value


def test_key_of_a_session_is_new_at_each_entry(riservato, utente):
    riservato.post("/accesso/login/", {"login": utente.username, "password": PASSWORD})
    before = key(riservato)
    riservato.post(reverse("mfa_authenticate"), {"code": code()})
    inside = key(riservato)
    assert not is_out(riservato)
    assert before != inside
    assert not SessioneRiservata.objects.filter(pk=before).exists()
    thief = StrictClient(raise_request_exception=False)
    thief.cookies["tessere_riservato"] = before
    assert is_out(thief)


def test_key_of_a_session_is_new_after_confirming_and_the_register_knows_it_still(riservato, utente):
    spare, again = RecoveryCodes.activate(utente).get_unused_codes()[:2]
    riservato.force_login(utente)
    riservato.get("/casi/")
    before = key(riservato)
    assert riservato.post(reverse("mfa_reauthenticate"), {"code": spare}).status_code == 302
    riservato.get("/casi/")
    assert key(riservato) != before
    assert not SessioneRiservata.objects.filter(pk=before).exists()
    once = key(riservato)
    riservato.post(reverse("mfa_reauthenticate"), {"code": again})
    riservato.get("/casi/")
    assert key(riservato) not in {before, once}
    lists = Registro.objects.filter(azione="elencare_casi").values_list("sessione", flat=True)
    assert list(lists) == [sha256(before.encode()).hexdigest()] * 3
    assert SessioneRiservata.objects.filter(utente_id=utente.pk).count() == 1


def test_page_read_before_confirming_is_printed_after_it(riservato, utente):
    """Decision 0020: what goes on paper leaves a line, also from a page that was open in the meantime."""
    spare = RecoveryCodes.activate(utente).get_unused_codes()[0]
    riservato.force_login(utente)
    page = riservato.get("/casi/").content.decode()
    printed = re.search(r"/stampe/[0-9a-f-]{36}/", page).group()
    riservato.post(reverse("mfa_reauthenticate"), {"code": spare})
    assert riservato.post(printed).status_code == 204
    assert Registro.objects.get(azione="stampare").finalita == "elencare_casi"


def test_key_of_a_session_cannot_be_guessed():
    store = SessionStore()
    store.create()
    assert len(store.session_key) * math.log2(len(VALID_KEY_CHARS)) > 128


def test_key_of_a_session_that_was_left_opens_nothing(dentro):
    before = key(dentro)
    dentro.post("/accesso/logout/")
    dentro.cookies["tessere_riservato"] = before
    assert is_out(dentro)


def test_every_page_has_the_way_out(dentro):
    for address in ("/", "/casi/", "/non-esiste/", "/accesso/2fa/", "/accesso/password/change/", "/accesso/sessioni/"):
        assert 'href="/accesso/logout/"' in dentro.get(address, follow=True).content.decode()


def test_person_sees_where_she_is_and_ends_the_others(dentro, utente):
    other, colleague = elsewhere(utente), elsewhere(OperatoreFactory(ruolo="referente").utente)
    page = dentro.get(reverse("sessioni")).content.decode()
    assert page.count("Qui, adesso") == page.count("In un altro browser") == 1
    assert page.count(f"Entrato il {date_format(timezone.localtime(), 'j E').lower()}") == 2
    assert key(other) not in page
    assert dentro.post(reverse("sessioni"), follow=True).status_code == 200
    assert is_out(other)
    assert not is_out(dentro)
    assert not is_out(colleague)
    assert "In un altro browser" not in dentro.get(reverse("sessioni")).content.decode()


def test_sessions_of_the_public_site_end_with_the_others(dentro, utente):
    """They carry a digest of what the account rests on (tests/portal/test_sessioni.py): it has changed."""
    before = utente.get_session_auth_hash()
    dentro.post(reverse("sessioni"))
    utente.refresh_from_db()
    assert utente.get_session_auth_hash() != before


def test_ending_the_others_wants_the_factor_again(dentro, utente, monkeypatch):
    other = elsewhere(utente)
    monkeypatch.setattr("portal.utenti.views.has_confirmed", lambda request: False)
    assert dentro.post(reverse("sessioni"))["Location"].startswith(reverse("conferma"))
    assert not is_out(other)


@pytest.mark.parametrize("has_a_factor", [True, False])
def test_sessions_are_shown_after_the_second_factor_alone(riservato, utente, has_a_factor):
    """Also to who has none yet, and is signed in with the password."""
    who = utente if has_a_factor else OperatoreFactory(ruolo="referente").utente
    riservato.post("/accesso/login/", {"login": who.username, "password": PASSWORD})
    page = riservato.get(reverse("sessioni"), follow=True).content.decode()
    assert "Qui, adesso" not in page
    assert ("Ancora un passo" in page) is not has_a_factor


def test_public_site_has_no_page_of_them(client, utente):
    client.force_login(utente)
    assert client.get("/accesso/sessioni/").status_code == 404


def test_role_riservato_is_enough_to_end_them(dentro, utente, act_as):
    other = elsewhere(utente)
    act_as("riservato")
    dentro.post(reverse("sessioni"))
    assert is_out(other)


def test_command_ends_the_sessions_of_one_or_of_all(dentro, utente, caplog):
    other = elsewhere(altro := OperatoreFactory(ruolo="referente").utente)
    out = StringIO()
    call_command("chiudi_sessioni", utente.username, stdout=out)
    assert is_out(dentro)
    assert not is_out(other)
    assert "Chiuse 1 sessioni" in out.getvalue()
    before = altro.get_session_auth_hash()
    call_command("chiudi_sessioni", "--tutte", stdout=out)
    assert is_out(other)
    altro.refresh_from_db()
    assert altro.get_session_auth_hash() != before
    assert "Sessioni chiuse dal server: 2 persone" in caplog.text


def test_command_asks_whose_and_knows_no_stranger(utente):
    with pytest.raises(CommandError, match="Di chi"):
        call_command("chiudi_sessioni")
    with pytest.raises(CommandError, match="Di chi"):
        call_command("chiudi_sessioni", utente.username, "--tutte")
    with pytest.raises(CommandError, match="sconosciuta"):
        call_command("chiudi_sessioni", utente.username, "sconosciuta")
    assert UtenteFactory().cambi_di_accesso == 0


@pytest.mark.parametrize(
    "name", ["account_change_password", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn",
             "mfa_generate_recovery_codes"],
)  # fmt: skip
def test_how_one_enters_is_changed_after_showing_a_factor_again(riservato, utente, name):
    """A session that began a while ago shows none of these pages before."""
    riservato.force_login(utente)
    response = riservato.get(reverse(name))
    if name == "account_change_password":  # asks for the password of now, on the page itself
        assert 'name="oldpassword"' in response.content.decode()
        return
    assert (response.status_code, "reauthenticate" in response["Location"]) == (302, True)
