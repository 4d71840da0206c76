"""Databases of the benchmark: made on the server of DATABASE_URL, dropped at the end whatever happens."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from psycopg import sql

from portal.embedded.environment import keyring

RADICE = Path(__file__).resolve().parents[1]


class Server:
    """The PostgreSQL server of DATABASE_URL; `url(name)` is the owner's address of one of its databases."""

    def __init__(self, address: str) -> None:
        self.address = address

    def url(self, name: str, address: str | None = None) -> str:
        return urlunsplit(urlsplit(address or self.address)._replace(path=f"/{name}"))

    def execute(self, statement: str, **names: str) -> None:
        quoted = {key: sql.Identifier(name) for key, name in names.items()}
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL(statement).format(**quoted))

    @contextmanager
    def database(self, name: str, template: str = "template1") -> Iterator[str]:
        """A database called `name` with a mark of this run, copied from `template`; gives its full name."""
        full = f"tessere_bench_{os.getpid()}_{name}"
        self.execute("CREATE DATABASE {full} TEMPLATE {template}", full=full, template=template)
        try:
            yield full
        finally:
            self.execute("DROP DATABASE IF EXISTS {full} WITH (FORCE)", full=full)

    def environment(self, database: str) -> dict[str, str]:
        """Variables of every process on `database`: neither demo nor debug."""
        public, reserved = (os.environ.get(f"DATABASE_URL_{name}") for name in ("PUBBLICO", "RISERVATO"))
        return {
            **os.environ,
            "DATABASE_URL": self.url(database),
            "DATABASE_URL_PUBBLICO": self.url(database, public),
            "DATABASE_URL_RISERVATO": self.url(database, reserved),
            "SECRET_KEY": "solo-per-le-misure-" + "x" * 50,
            "PORTACHIAVI": keyring(),
            "DEMO": "0",
            "DEBUG": "0",
            "ALLOWED_HOSTS": "localhost",
            "URL_PUBBLICO": "http://localhost",
            "URL_RISERVATO": "http://localhost:8001",
            "EMAIL_URL": "dummymail://",
        }


def python(*arguments: str, env: dict[str, str]) -> str:
    """What `python arguments` of this virtual environment prints; its error stream goes to ours."""
    done = subprocess.run(
        [sys.executable, *arguments], cwd=RADICE, env=env, stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def fill(server: Server, database: str, servizi: int) -> None:
    """Bring `database` up to `servizi` services and let the planner know them, as autovacuum would."""
    owner = {**server.environment(database), "DJANGO_SETTINGS_MODULE": "portal.settings.gestione"}
    python("manage.py", "migrate", "--verbosity", "0", env=owner)
    python("-m", "bench.rete", str(servizi), env=owner)
    with psycopg.connect(server.url(database), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
