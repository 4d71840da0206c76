"""Wrong codes of the second factor are counted in the database: by all processes together, for a quarter of an hour."""

from datetime import datetime, timedelta
from threading import Barrier, Thread
from zoneinfo import ZoneInfo

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.cache import cache
from django.db import close_old_connections, connection
from django.urls import reverse

from portal.utenti.models import TentativoDiCodice
from portal.utenti.tentativi import ENTRO, QUANTI, begin, forget
from tests.factories.catalogo import OperatoreFactory
from tests.factories.portal import UtenteFactory
from tests.support.codici import SEED, code

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
