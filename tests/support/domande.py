"""How many questions a page asks the database; beginning and ending a transaction asks nothing."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

NOT_A_QUESTION = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT")


def questions(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len([each for each in asked.captured_queries if not each["sql"].startswith(NOT_A_QUESTION)])
