"""The tests' databases: a template migrated once, a copy of it for each worker.

The template is keyed by everything that decides its content, so that a second run migrates nothing. A transactional
test gives back a new copy rather than an emptied database: locales and page tree come from data migrations.
"""

import gc
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import distributions
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from django.test import TransactionTestCase
from psycopg import sql

from casi import fatti

ROOT = Path(__file__).resolve().parents[1]
TEMPLATE = "prove_modello"
LOCK = 7_233_101  # any number: workers wait for the one that makes the template


def pytest_configure(config: pytest.Config) -> None:
    """Without a database no test can run: say how to get one, once, instead of failing in each."""
    if settings.DATABASES["default"]["ENGINE"].endswith("dummy"):
        pytest.exit('Manca DATABASE_URL: usa «make test ARGS="-k nome"», che accende anche la banca dati.', 2)
    if config.getvalue("create_db") and not hasattr(config, "workerinput"):
        forget_templates()


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker) -> Iterator[None]:
    """pytest-django's own fixture, replaced: connect to a fresh copy of the template."""
    name = f"prove_{os.environ.get('PYTEST_XDIST_WORKER', 'unico')}_{os.getpid()}"
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        template = ensure_template()
        copy_template(template, name)
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda _: copy_template(template, name))
        fatti.permissions()  # read once per process: no test is to be the one that counts it
        yield
        drop(name)


def forget_templates() -> None:
    """What --create-db asks for: migrate anew."""
    with maintenance() as server:
        for name in _names(server, TEMPLATE):
            _drop(server, name)


def ensure_template() -> str:
    """The name of a migrated template, made now if there is none for this code."""
    name = f"{TEMPLATE}_{fingerprint()}"
    with maintenance() as server:
        server.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if name not in _names(server, TEMPLATE):
            for old in _names(server, TEMPLATE):
                _drop(server, old)
            _make_template(server, name)
    return name


def copy_template(template: str, name: str) -> None:
    """Make `name` a new copy of `template` and connect Django to it."""
    connections["default"].close()
    with maintenance() as server:
        _drop(server, name)
        copy = "CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy"
        server.execute(sql.SQL(copy).format(sql.Identifier(name), sql.Identifier(template)))
    connections["default"].settings_dict["NAME"] = name


def drop(name: str) -> None:
    """Remove a copy when its worker has done."""
    connections["default"].close()
    with maintenance() as server:
        _drop(server, name)


def fingerprint() -> str:
    """A hash of what decides the template: migrations with their data, grants, installed versions."""
    total = hashlib.sha256("\n".join(sorted(f"{d.name} {d.version}" for d in distributions())).encode())
    files = [file for folder in ROOT.glob("[a-z]*/**/migrations") for file in folder.rglob("*") if file.is_file()]
    files += [ROOT / "portal" / "utenti" / "privilegi.py", ROOT / "portal" / "settings" / "base.py"]
    for file in sorted(file for file in files if file.suffix != ".pyc"):
        total.update(file.read_bytes())
    return total.hexdigest()[:16]


@contextmanager
def maintenance() -> Iterator[psycopg.Connection]:
    """A connection beside Django's, to the database that DATABASE_URL names, for CREATE and DROP DATABASE."""
    with psycopg.connect(settings.DATABASE_URL, autocommit=True) as server:
        yield server


def _make_template(server: psycopg.Connection, name: str) -> None:
    """Migrate under another name and rename at the end: an interrupted run leaves no half template."""
    unfinished = f"prove_in_corso_{os.getpid()}"
    _drop(server, unfinished)
    server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(unfinished)))
    connections["default"].close()
    connections["default"].settings_dict["NAME"] = unfinished
    before = gc.get_threshold()
    gc.set_threshold(100_000, 50, 1000)  # as in manage.py: a third faster
    call_command("migrate", interactive=False, verbosity=0)
    gc.set_threshold(*before)
    connections["default"].close()
    server.execute(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(unfinished), sql.Identifier(name)))


def _names(server: psycopg.Connection, prefix: str) -> list[str]:
    rows = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [prefix])
    return [name for (name,) in rows]


def _drop(server: psycopg.Connection, name: str) -> None:
    drop = sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name))
    try:
        server.execute(drop + sql.SQL(" WITH (FORCE)"))
    except psycopg.errors.InsufficientPrivilege:  # an autovacuum worker is in there: the plain one sends it away
        server.execute(drop)
