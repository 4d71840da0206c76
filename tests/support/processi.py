"""The reserved process inside the tests: its settings, its addresses, and when asked its database role."""

from importlib import import_module

import pytest
from django.db import connection

from .html import StrictClient

MISSING = object()
OF_THE_TESTS = {"INSTALLED_APPS", "DATABASES"}


def own_settings(process: str) -> dict[str, object]:
    """What the settings module of `process` says otherwise than base."""
    module, base = import_module(f"portal.settings.{process}"), import_module("portal.settings.base")
    names = {name for name in vars(module) if name.isupper()} - OF_THE_TESTS
    return {name: getattr(module, name) for name in names if getattr(module, name) != getattr(base, name, MISSING)}


@pytest.fixture
def riservato(settings, db) -> StrictClient:
    """A client of the reserved process; what the process raises becomes an answer, as it does for people."""
    own = own_settings("riservato")
    own["MIDDLEWARE"] = [each for each in own["MIDDLEWARE"] if "whitenoise" not in each]
    for name, value in own.items():
        setattr(settings, name, value)
    return StrictClient(raise_request_exception=False)


@pytest.fixture
def act_as(db):
    """`act_as("pubblico")`: from here to the end of the test the database sees that role."""

    def become(role: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL ROLE {role}")

    return become
