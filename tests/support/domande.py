"""How much a page asks of the database, all of it: the marks of its transactions and the touch of its session too."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

BUDGET = 12


@contextmanager
def counting() -> Iterator[list[str]]:
    """The questions asked inside, there when it is over."""
    questions: list[str] = []
    with CaptureQueriesContext(connection) as asked:
        yield questions
    questions += [each["sql"] for each in asked.captured_queries]


@contextmanager
def at_most(budget: int) -> Iterator[None]:
    """Fail when what happens inside asks more than `budget` questions."""
    with counting() as questions:
        yield
    assert len(questions) <= budget, "\n".join(each[:160] for each in questions)


def questions(client: Client, address: str) -> int:
    with counting() as asked:
        assert client.get(address).status_code == 200, address
    return len(asked)


def assert_flat(client: Client, addresses: Iterable[str], grow: Callable[[], object], *, budget: int = BUDGET) -> None:
    """Each page asks at most `budget` questions, and as many with twenty rows (`grow` adds one) as with one."""
    addresses = list(addresses)
    grow()
    few = {address: questions(client, address) for address in addresses}
    for _each in range(19):
        grow()
    many = {address: questions(client, address) for address in addresses}
    assert many == few
    assert max(few.values()) <= budget, few
