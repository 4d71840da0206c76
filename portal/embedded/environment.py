"""The variables that every Django process gets: addresses of the database, secret key, addresses of the sites."""

import fcntl
import json
import os
import secrets
from base64 import b64encode
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from portal.embedded import account, node, places, roles
from portal.embedded.console import step
from portal.embedded.refusal import Refusal
from portal.embedded.server import Server

ADDRESSES = {
    "DATABASE_URL": roles.OWNER,
    "DATABASE_URL_PUBBLICO": "pubblico",
    "DATABASE_URL_RISERVATO": "riservato",
}


def given(file: Path = places.ROOT / ".env", environ: Mapping[str, str] = os.environ) -> dict[str, str]:
    """The database addresses that the person set, in the environment or in `.env`."""
    lines = file.read_text().splitlines() if file.is_file() else []
    pairs = dict(line.removeprefix("export ").split("=", 1) for line in lines if "=" in line)
    written = {name.strip(): value.strip().strip("'\"") for name, value in pairs.items()}
    return {name: value for name in ADDRESSES if (value := environ.get(name) or written.get(name))}


def external() -> dict[str, str] | None:
    """The addresses of the person's own PostgreSQL, or None: then the embedded one is used."""
    addresses = given()
    if "DATABASE_URL" not in addresses:
        return None
    if missing := [name for name in ADDRESSES if name not in addresses]:
        raise Refusal(
            f"Hai indicato DATABASE_URL ma manca {' e '.join(missing)}: "
            "ogni processo ha il suo ruolo (docs/esercizio.md)."
        )
    return addresses


def server(name: str) -> Server:
    """The embedded server of the demo (`demo`) or of the tests (`prove`, fast and not durable)."""
    return Server(account.home() / name, durable=name == "demo")


def start_database(name: str) -> dict[str, str]:
    """Addresses of a database that answers: the person's own, or the embedded server, started if it is not running."""
    if addresses := external():
        return addresses
    node.install("Programmi di PostgreSQL", places.NPM)
    chosen = server(name)
    if chosen.running() is None:
        with step("PostgreSQL"):
            chosen.start()
    return addresses_of(chosen)


@contextmanager
def database_of_tests() -> Iterator[dict[str, str]]:
    """Its addresses. Of the commands that use it at the same time, the last to end stops the embedded server."""
    places.RUN.mkdir(parents=True, exist_ok=True)
    with (places.RUN / "prove.uso").open("w") as mark:
        fcntl.flock(mark, fcntl.LOCK_SH)  # goes with the process, however it ends
        try:
            yield start_database("prove")
        finally:
            if not external() and _nobody_else(mark):
                server("prove").stop()


def _nobody_else(mark: IO[str]) -> bool:
    """Whether no other process holds `mark`; from now on this one keeps others out."""
    try:
        fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def addresses_of(running: Server) -> dict[str, str]:
    """The three addresses of a running embedded server."""
    return {name: running.url(role) for name, role in ADDRESSES.items()}


def secret_key(file: Path = places.LOCAL / "chiave") -> str:
    """The demo's own key, drawn once, so that sessions outlive a restart."""
    if not file.is_file() or not file.stat().st_size:  # a full disk leaves an empty one
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(60))
    return file.read_text()


def keyring(file: Path = places.LOCAL / "portachiavi.json") -> str:
    """Path of the demo's own encryption keys (casi/crypto.py says their form), drawn once."""
    if not file.is_file():
        key, index = (b64encode(secrets.token_bytes(32)).decode() for _each in range(2))
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.write_text(json.dumps({"attiva": "demo", "chiavi": {"demo": key}, "indice": index}))
    return str(file)
