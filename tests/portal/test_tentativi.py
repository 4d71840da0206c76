"""Wrong codes of the second factor are counted in the database: by all processes together, for a quarter of an hour."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from allauth.account.signals import password_reset
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.db import close_old_connections, connection
from django.urls import reverse

from portal.utenti.models import TentativoDiCodice, TentativoDiPassword
from portal.utenti.tentativi import ENTRO, PASSWORD_SBAGLIATE, QUANTI, begin, forget
from tests.factories.catalogo import OperatoreFactory
from tests.factories.portal import PASSWORD, UtenteFactory
from tests.support.codici import SEED, code
from tests.support.html import StrictClient

pytestmark = pytest.mark.django_db
START = datetime(2026, 3, 2, 8, tzinfo=ZoneInfo("Europe/Rome"))


@pytest.fixture
def utente():
    utente = OperatoreFactory(ruolo="coordinatore").utente
    TOTP.activate(utente, SEED)
    return utente


def confirms(client, typed: str) -> bool:
    """In a process that remembers nothing, as one that has just begun or another one."""
    cache.clear()
    return "location" in client.post(reverse("mfa_reauthenticate"), {"code": typed}).headers


def test_wrong_codes_shut_out_in_every_process_until_time_has_passed(riservato, utente, time_machine):
    time_machine.move_to(START, tick=False)
    riservato.force_login(utente)
    assert not any(confirms(riservato, "000000") for _each in range(QUANTI))
    assert not confirms(riservato, code())
    time_machine.move_to(START + ENTRO, tick=False)
    riservato.force_login(utente)  # the session of before has ended meanwhile
    assert confirms(riservato, code())
    assert not TentativoDiCodice.objects.exists()


def test_right_code_forgets_the_wrong_ones_and_others_have_their_own(riservato, utente, time_machine):
    time_machine.move_to(START, tick=False)
    other = UtenteFactory()
    assert all(begin(other) for _each in range(QUANTI))
    riservato.force_login(utente)
    assert not any(confirms(riservato, "000000") for _each in range(QUANTI - 1))
    assert confirms(riservato, code())
    time_machine.move_to(START + timedelta(minutes=1), tick=False)
    assert not confirms(riservato, "000000")
    assert confirms(riservato, code())
    assert not begin(other)


def test_asking_while_one_waits_does_not_make_the_wait_longer(utente, time_machine):
    time_machine.move_to(START, tick=False)
    assert [begin(utente) for _each in range(QUANTI + 5)] == [True] * QUANTI + [False] * 5
    time_machine.move_to(START + ENTRO, tick=False)
    assert begin(utente)
    forget(utente)
    assert not TentativoDiCodice.objects.exists()


def enters(login: str, password: str = PASSWORD, **where) -> bool:
    """Each time in another process, and in a browser that nobody knows."""
    cache.clear()
    answer = StrictClient().post(reverse("account_login"), {"login": login, "password": password}, **where)
    return "location" in answer.headers


def machine(number: int) -> dict:
    """Four wrong passwords come from each: the fifth would close that one by itself."""
    return {"REMOTE_ADDR": f"192.0.2.{number // 4}"}


@pytest.mark.parametrize("site", ["client", "riservato"])
def test_wrong_passwords_from_everywhere_shut_out_in_every_process_until_time_has_passed(
    utente, site, request, time_machine
):
    """Under either name of the account; a right one is forgotten, and takes no wrong one with it."""
    request.getfixturevalue(site)
    time_machine.move_to(START, tick=False)
    names = (utente.username, utente.email.upper())
    assert not any(enters(names[each % 2], "sbagliata", **machine(each)) for each in range(PASSWORD_SBAGLIATE - 1))
    assert enters(utente.email, REMOTE_ADDR="198.51.100.1")
    assert not enters(utente.email, "sbagliata", REMOTE_ADDR="198.51.100.2")
    assert not any(enters(each, REMOTE_ADDR="198.51.100.3") for each in names)
    assert enters(UtenteFactory().username, REMOTE_ADDR="198.51.100.3")
    time_machine.move_to(START + ENTRO, tick=False)
    assert enters(utente.email)
    assert not TentativoDiPassword.objects.exists()


def test_name_of_nobody_is_counted_as_one_of_somebody(client, utente, time_machine):
    """Else the answer would tell who has an account."""
    time_machine.move_to(START, tick=False)
    for who in ("x@esempio.it", utente.email):
        pages = []
        for each in range(PASSWORD_SBAGLIATE + 1):
            cache.clear()
            sent = {"login": who, "password": "sbagliata"}
            pages.append(client.post(reverse("account_login"), sent, **machine(each)).context["form"].errors)
        assert [page == pages[0] for page in pages] == [True] * PASSWORD_SBAGLIATE + [False]
    told = TentativoDiPassword.objects.values_list("nome", flat=True)
    assert len(told) == 2 * PASSWORD_SBAGLIATE
    assert not any(word in name for name in told for word in ("esempio", utente.username))


def test_machine_that_is_shut_out_by_itself_shuts_nobody_else_out(client, utente):
    for _each in range(PASSWORD_SBAGLIATE + 5):
        enters(utente.email, "sbagliata", REMOTE_ADDR="192.0.2.9")
    assert enters(utente.email, REMOTE_ADDR="198.51.100.1")


def test_who_has_made_a_new_password_does_not_wait(client, utente, time_machine):
    time_machine.move_to(START, tick=False)
    for each in range(PASSWORD_SBAGLIATE):
        enters(utente.email, "sbagliata", **machine(each))
    password_reset.send(sender=type(utente), request=None, user=utente)
    assert enters(utente.email, REMOTE_ADDR="198.51.100.1")


@pytest.mark.django_db(transaction=True)
def test_connections_at_the_same_moment_share_the_limit():
    utente, answers, start = UtenteFactory(), [], Barrier(4)

    def insist() -> None:
        start.wait()
        answers.extend(begin(utente) for _each in range(QUANTI))
        connection.close()

    threads = [Thread(target=insist) for _each in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    close_old_connections()
    assert len(answers) == 4 * QUANTI
    assert 0 < sum(answers) <= QUANTI
    assert TentativoDiCodice.objects.count() == sum(answers)
