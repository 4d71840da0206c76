"""The yardstick: the bread list of Wagtail's own demo, served by the same gunicorn on the same PostgreSQL.

BAKERYDEMO names a checkout with its own `.venv` (docs/misure.md). Nothing of it is part of this project.
"""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .banca_dati import Server
from .sito import served

ELENCO = "/breads/"


def checkout() -> Path | None:
    """The folder that BAKERYDEMO names, None when it names none that can be run."""
    folder = Path(os.environ.get("BAKERYDEMO") or "/nonexistent")
    return folder if (folder / ".venv/bin/python").exists() else None


@contextmanager
def bakery(folder: Path, server: Server) -> Iterator[int]:
    """Port of the demo with its own data and production settings."""
    python = str(folder / ".venv/bin/python")
    with server.database("pane") as database:
        env = {
            **os.environ,
            "DATABASE_URL": server.url(database),
            "DJANGO_SETTINGS_MODULE": "bakerydemo.settings.production",
            "DJANGO_SECRET_KEY": "solo-per-le-misure-" + "x" * 50,
            "SECURE_SSL_REDIRECT": "false",
            "DJANGO_LOG_LEVEL": "WARNING",
        }
        for command in (["migrate"], ["load_initial_data"], ["collectstatic", "--noinput"]):
            subprocess.run([python, "manage.py", *command], cwd=folder, env=env, check=True, stdout=subprocess.DEVNULL)
        with served(env, wsgi="bakerydemo.wsgi", python=python, folder=folder) as port:
            yield port
