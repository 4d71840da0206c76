"""The variables that every Django process gets: addresses of the database, secret key, addresses of the sites."""

import json
import os
import secrets
from base64 import b64encode
from collections.abc import Mapping
from pathlib import Path

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


def start_database(name: str) -> tuple[dict[str, str], Server | None]:
    """Addresses of a database that answers, and the embedded server if this call has started it."""
    if addresses := external():
        return addresses, None
    node.install("Programmi di PostgreSQL", places.NPM)
    chosen = server(name)
    started = chosen.running() is None
    if started:
        with step("PostgreSQL"):
            chosen.start()
    return addresses_of(chosen), chosen if started else None


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
