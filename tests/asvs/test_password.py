"""Passwords as ASVS 6.2 wants them: long, as typed, none that others would try first."""

import re
from datetime import timedelta
from itertools import islice, product

import pytest
import time_machine
from django.contrib.auth.password_validation import CommonPasswordValidator, validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from portal.utenti.password import DI_CASA
from tests.factories.catalogo import OperatoreFactory
from tests.factories.portal import PASSWORD

pytestmark = pytest.mark.django_db
NUOVA = "Tre gatti & un Porto — ïl Lunedì 7"


@pytest.fixture
def utente():
    return OperatoreFactory(ruolo="assistente_sociale").utente


@pytest.fixture
def dentro(riservato, utente):
    riservato.force_login(utente)
    riservato.post("/accesso/reauthenticate/", {"password": PASSWORD})
    return riservato


def change(client, old: str, new: str):
    return client.post("/accesso/password/change/", {"oldpassword": old, "password1": new, "password2": new})


def refused(password: str) -> set[str | None]:
    try:
        validate_password(password)
    except ValidationError as error:
        return {each.code for each in error.error_list}
    return set()


def test_changing_wants_the_one_of_now(dentro, utente):
    before = utente.password
    assert change(dentro, "sbagliata", NUOVA).status_code == 200
    utente.refresh_from_db()
    assert utente.password == before


@pytest.mark.parametrize("new", [NUOVA, "x y " * 32, "  due spazi qui, due lì  "], ids=["segni", "lunga", "spazi"])
def test_password_counts_exactly_as_typed(dentro, utente, new):
    assert change(dentro, PASSWORD, new).status_code == 302
    utente.refresh_from_db()
    assert utente.check_password(new)
    assert not any(utente.check_password(each) for each in (new.swapcase(), f"{new}!", new[:-1], f" {new}"))


def test_any_signs_make_a_password():
    for each in ("tuttominuscoloqui", "987650123498765", "ΨΩ-жук-قطة-gatto", "!!!???;;;:::..", "con degli spazi"):
        assert refused(each) <= {"password_entirely_numeric"}
    assert refused("827364519283746") == set()


def test_three_thousand_most_used_long_enough_are_refused():
    """The common ones that are long enough, and pairs of the others: that is how they are made long enough."""
    known = CommonPasswordValidator().passwords
    common = sorted(each for each in known if 6 <= len(each) <= 8)[::60]
    pairs = ["".join(each) for each in islice(product(common, common), 0, 90_000, 19)]
    tried = [each for each in {*known, *pairs} if len(each) >= 12]
    assert len(tried) > 3_000
    assert [each for each in tried if "password_too_common" not in refused(each)] == []
    assert "password_too_common" in refused("Qwerty 123456")
    assert "password_too_common" not in refused("qwerty è sul gatto verde")


def test_password_too_long_to_be_a_first_guess_costs_nothing():
    assert refused("password" * 20_000) == set()


@pytest.mark.parametrize("word", sorted(DI_CASA))
def test_words_of_ours_make_no_password(word):
    for each in (f"{word}{word}{word}2026!", f"{word.upper()}-tessere-1234", f"123.{word}.di.tessere"[:40]):
        found = refused(each)
        assert ("password_of_the_house" in found) is ("di" not in each.split("."))


def test_words_of_ours_written_with_digits_are_ours_still():
    assert "password_of_the_house" in refused("T3ss3r3-Comun3-2026")
    assert "password_of_the_house" not in refused("T3ss3r3-Comun3-giraffa")


@pytest.mark.parametrize("page", ["/accesso/login/", "/accesso/password/change/", "/accesso/reauthenticate/"])
def test_fields_hide_what_is_typed_and_take_what_is_pasted(riservato, utente, page):
    if "login" not in page:
        riservato.force_login(utente)
        riservato.post("/accesso/reauthenticate/", {"password": PASSWORD})
    html = riservato.get(page).content.decode()
    fields = [each for each in re.findall(r"<input[^>]*>", html) if re.search(r'name="(old)?password', each)]
    assert fields
    for each in fields:
        assert 'type="password"' in each
        assert re.search(r'autocomplete="(current|new)-password"', each)
        assert not re.search(r"\b(on\w+|readonly|maxlength|disabled|pattern)\b", each)


def test_password_does_not_expire(riservato, utente):
    with time_machine.travel(timezone.now() + timedelta(days=4000), tick=False):
        riservato.post("/accesso/login/", {"login": utente.username, "password": PASSWORD})
        assert riservato.get("/")["Location"].startswith(reverse("secondo_fattore"))
