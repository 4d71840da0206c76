"""Runs `transaction.on_commit` callbacks when the code under test commits, although the test itself rolls back."""

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.transaction import Atomic


def install(monkeypatch) -> None:
    """Make the test's own transaction transparent for callbacks; undone with `monkeypatch`."""
    leave, register = Atomic.__exit__, BaseDatabaseWrapper.on_commit

    def leave_and_run(self, *exception) -> None:
        leave(self, *exception)
        connection = connections[self.using or DEFAULT_DB_ALIAS]
        if only_the_test_is_open(connection):
            run(connection)

    def run_now_or_register(self, func, robust=False) -> None:
        if only_the_test_is_open(self):
            func()
        else:
            register(self, func, robust=robust)

    monkeypatch.setattr(Atomic, "__exit__", leave_and_run)
    monkeypatch.setattr(BaseDatabaseWrapper, "on_commit", run_now_or_register)


def only_the_test_is_open(connection: BaseDatabaseWrapper) -> bool:
    blocks = connection.atomic_blocks
    return bool(blocks) and all(block._from_testcase for block in blocks)


def run(connection: BaseDatabaseWrapper) -> None:
    callbacks, connection.run_on_commit = connection.run_on_commit, []
    for _savepoints, func, _robust in callbacks:
        func()
