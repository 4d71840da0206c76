"""Two transactions that meet: one does something, the other waits for it, and the first goes on only then."""

from collections.abc import Callable
from threading import Thread

from django.db import connection, transaction

TRIES = 3_000


def while_waiting(
    first: Callable[[], object], second: Callable[[], object], then: Callable[[], object] = lambda: None
) -> BaseException | None:
    """Run `second` in a thread while `first` is done and not committed; once it waits, go on with `then` and commit.
    What `second` raised."""
    other, raised = _thread(second)
    with transaction.atomic():
        first()
        other.start()
        _until_one_waits()
        then()
    other.join(20)
    return raised[0] if raised else None


def beside(first: Callable[[], object], second: Callable[[], object]) -> None:
    """Run `second` in a thread, to its end, while `first` is done and not committed: it waits for nothing of it."""
    other, raised = _thread(second)
    with transaction.atomic():
        first()
        other.start()
        other.join(10)
        assert not other.is_alive(), "Ha aspettato."
    assert raised == []


def _thread(act: Callable[[], object]) -> tuple[Thread, list[BaseException]]:
    """Not begun yet; and, once it is over, what `act` raised."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            act()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    return Thread(target=run), raised


def _until_one_waits() -> None:
    waiting = "SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
    with connection.cursor() as cursor:
        for _try in range(TRIES):
            cursor.execute(waiting)
            if cursor.fetchone():
                return
    raise AssertionError("Nessuno ha aspettato.")
