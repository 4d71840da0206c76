"""How much a page asks the database. Savepoints are no questions: outside tests they end a transaction."""

from collections.abc import Callable, Iterable

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

BUDGET = 12


def questions(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200, address
    return len([each for each in seen.captured_queries if "SAVEPOINT" not in each["sql"]])


def assert_flat(client: Client, addresses: Iterable[str], grow: Callable[[], object]) -> None:
    """Each page asks at most BUDGET questions, and as many with twenty rows (`grow` adds one) as with one."""
    addresses = list(addresses)
    grow()
    few = {address: questions(client, address) for address in addresses}
    for _each in range(19):
        grow()
    many = {address: questions(client, address) for address in addresses}
    assert many == few
    assert max(few.values()) <= BUDGET, few
