"""The three database roles, their passwords and the SQL that a new server starts with."""

import json
import secrets
from pathlib import Path

DATABASE = "tessere"
OWNER = "tessere_owner"
PROCESSES = ("pubblico", "riservato")
SUPERUSER = "postgres"
EXTENSIONS = ("unaccent", "pg_trgm", "btree_gist", "pgcrypto")


def new_passwords() -> dict[str, str]:
    """A random password for every role; hexadecimal, so that it needs no quoting in SQL or in an address."""
    return {role: secrets.token_hex(24) for role in (SUPERUSER, OWNER, *PROCESSES)}


def write(passwords: dict[str, str], file: Path) -> None:
    """Keep the passwords where only the person who runs the command can read them."""
    file.touch(mode=0o600)
    file.write_text(json.dumps(passwords))


def read(file: Path) -> dict[str, str]:
    """The passwords that `write` kept."""
    passwords: dict[str, str] = json.loads(file.read_text())
    return passwords


def first_sql(passwords: dict[str, str]) -> str:
    """What single-user mode runs on `template1`: every later database, tests included, has the extensions.

    - `tessere_owner` owns the database, may create others (tests do) and may act as both processes;
    - `pubblico` and `riservato` may connect and have what migrations grant them: no DDL, nothing else.
    """
    statements = [f"CREATE EXTENSION {name}" for name in EXTENSIONS]
    statements += [f"CREATE ROLE {role} LOGIN PASSWORD '{passwords[role]}'" for role in PROCESSES]
    statements += [
        f"CREATE ROLE {OWNER} LOGIN CREATEDB PASSWORD '{passwords[OWNER]}'",
        f"GRANT {', '.join(PROCESSES)} TO {OWNER}",
        f"CREATE DATABASE {DATABASE} OWNER {OWNER}",
    ]
    return "".join(f"{statement};\n\n" for statement in statements)
