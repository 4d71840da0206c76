"""Both sites, running for real: gunicorn, the demo's data, the three database roles."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection

from portal.embedded import project

ROOT = Path(__file__).resolve().parents[2]
SEGRETO = "solo-per-le-prove-nel-browser-" + "x" * 40
PATIENCE = 90  # seconds a site may take to answer on a busy machine


@dataclass(frozen=True)
class Siti:
    pubblico: str
    riservato: str
    posta: Path  # a folder: every mail the sites send is a file there


def free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running_sites(folder: Path) -> Iterator[Siti]:
    """Load the demo in this test session's database, start the two web processes on it; stop them at the end."""
    ports = {"pubblico": free_port(), "riservato": free_port()}
    addresses = {name: f"http://localhost:{port}" for name, port in ports.items()}
    sites = Siti(**addresses, posta=folder / "posta")
    env = environment(sites, folder)
    project.collect_static(env)
    for command in ("carica_demo", "carica_casi_demo"):
        subprocess.run([sys.executable, "manage.py", command], cwd=ROOT, env=env, check=True)
    processes = [serve(name, port, env) for name, port in ports.items()]
    try:
        for site in (sites.pubblico, sites.riservato):
            wait_for(f"{site}/salute/pronta")
        yield sites
    finally:
        for process in processes:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=PATIENCE)


def environment(sites: Siti, folder: Path) -> dict[str, str]:
    """The demo's variables, with every database address pointed at the session's test database."""
    name = connection.settings_dict["NAME"]
    addresses = {
        key: f"{os.environ[key].rsplit('/', 1)[0]}/{name}"
        for key in ("DATABASE_URL", "DATABASE_URL_PUBBLICO", "DATABASE_URL_RISERVATO")
    }
    return {
        **os.environ,
        **addresses,
        "DJANGO_SETTINGS_MODULE": "portal.settings.gestione",  # pytest's own would be inherited
        "DEMO": "true",
        "SECRET_KEY": SEGRETO,
        "ALLOWED_HOSTS": "localhost",
        "URL_PUBBLICO": sites.pubblico,
        "URL_RISERVATO": sites.riservato,
        "DATI_DIR": str(folder),
        "EMAIL_URL": f"filemail:///{sites.posta}",
        "PORTACHIAVI": str(keys_of_the_tests(folder)),
    }


def keys_of_the_tests(folder: Path) -> Path:
    """The keys the tests write with, for the sites to read with; a key file must be nobody else's to read."""
    file = folder / "portachiavi.json"
    file.touch(mode=0o600)
    file.write_text(settings.PORTACHIAVI.read_text())
    return file


def serve(name: str, port: int, env: dict[str, str]) -> subprocess.Popen:
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "portal.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--threads",
        "4",
        "--no-control-socket",
    ]
    settings = {"DJANGO_SETTINGS_MODULE": f"portal.settings.{name}"}
    with (Path(env["DATI_DIR"]) / f"{name}.log").open("w") as log:
        return subprocess.Popen([*command, "--log-level", "warning"], cwd=ROOT, env={**env, **settings}, stderr=log)


def wait_for(url: str) -> None:
    """Return when `url` answers; complain after PATIENCE seconds."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with suppress(OSError), urllib.request.urlopen(url, timeout=2):
            return
    raise TimeoutError(f"{url} non risponde dopo {PATIENCE} secondi")
