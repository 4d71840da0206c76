"""How much a page asks of the database, without the marks of its transactions and the touch of its session."""

import re
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

BESIDE = re.compile(r'(RELEASE )?SAVEPOINT|UPDATE "utenti_sessioneriservata"')


@contextmanager
def at_most(budget: int):
    """Fail when what happens inside asks more than `budget` questions."""
    with CaptureQueriesContext(connection) as asked:
        yield asked
    questions = [sql for each in asked.captured_queries if not BESIDE.match(sql := each["sql"])]
    assert len(questions) <= budget, "\n".join(each[:160] for each in questions)
