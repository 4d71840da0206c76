from collections.abc import Iterator

import pytest
from django.db import transaction

from tests.support.conferme import confirmed
from tests.support.processi import act_as, riservato

from .scena import Scena, build

__all__ = ["act_as", "confirmed", "riservato"]


@pytest.fixture(scope="module")
def scena(django_db_setup, django_db_blocker) -> Iterator[Scena]:
    """The network of the matrix, built once for a module and taken away after it. Tests that write ask for `punto`."""
    with django_db_blocker.unblock(), undone():
        yield build()


@pytest.fixture
def punto(scena) -> Iterator[None]:
    """What this test writes is gone after it, and the scene stays."""
    with undone():
        yield


class undone(transaction.Atomic):  # noqa: N801 - used as a function
    """A transaction of the tests' own: rolled back at the end, transparent for `on_commit` callbacks."""

    def __init__(self) -> None:
        super().__init__(using=None, savepoint=True, durable=False)
        self._from_testcase = True

    def __exit__(self, *exception: object) -> None:
        transaction.set_rollback(True)
        super().__exit__(*exception)
