"""The demo, loaded once for all the tests of a module that ask for it."""

from collections.abc import Iterator
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command
from django.db import transaction

from tests.support import on_commit


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The demo in a transaction of its own, taken back after the module."""
    outer = transaction.atomic()
    outer._from_testcase = True
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, outer:
        on_commit.install(patch)
        patch.setattr("wagtail.images.models.SpooledTemporaryFile", lambda max_size: BytesIO())  # it is never closed
        call_command("carica_demo", stdout=StringIO())
        yield
        transaction.set_rollback(True)
