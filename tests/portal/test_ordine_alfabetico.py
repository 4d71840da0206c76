"""A database that does not know the alphabet is told at every `migrate`."""

import psycopg
import pytest
from django.conf import settings
from django.core.checks import Tags, run_checks
from django.db import connection
from psycopg import sql

from portal.cms.checks import ORDINE, names_are_in_italian_order

pytestmark = pytest.mark.django_db


def test_our_database_knows_the_alphabet():
    assert ORDINE not in run_checks(tags=[Tags.database], databases=["default"])


def test_database_in_the_order_of_bytes_is_told(monkeypatch):
    name = f"{connection.settings_dict['NAME']}_byte"
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as server:
        made = "CREATE DATABASE {} TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'"
        server.execute(sql.SQL(made).format(sql.Identifier(name)))
        try:
            with psycopg.connect(settings.DATABASE_URL, dbname=name) as other:
                monkeypatch.setattr("portal.cms.checks.connections", {"byte": other})
                assert names_are_in_italian_order(databases=["byte"]) == [ORDINE]
        finally:
            server.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
