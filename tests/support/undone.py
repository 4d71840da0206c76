"""A transaction of the tests' own: what a module's tests share is written in it once."""

from django.db import transaction


class undone(transaction.Atomic):  # noqa: N801 - used as a function
    """Rolled back at the end, transparent for `on_commit` callbacks."""

    def __init__(self) -> None:
        super().__init__(using=None, savepoint=True, durable=False)
        self._from_testcase = True

    def __exit__(self, *exception: object) -> None:
        transaction.set_rollback(True)
        super().__exit__(*exception)
