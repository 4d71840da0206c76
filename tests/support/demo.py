"""The demo, loaded once for all the tests of a module that ask for it."""

from collections.abc import Iterator
from io import BytesIO, StringIO

import pytest
from django.core.management import call_command

from tests.support import on_commit
from tests.support.undone import undone


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker) -> Iterator[None]:
    """The demo in a transaction of its own, taken back after the module."""
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch, undone():
        on_commit.install(patch)
        patch.setattr("wagtail.images.models.SpooledTemporaryFile", lambda max_size: BytesIO())  # it is never closed
        call_command("carica_demo", stdout=StringIO())
        yield
