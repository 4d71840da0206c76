"""The demo's processes: two web servers and the worker, with a pid file and a log each."""

import os
import subprocess
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from portal.embedded import places, processes
from portal.embedded.ports import LOOPBACK
from portal.embedded.project import manage
from portal.embedded.refusal import Refusal

PORTS = {"pubblico": ("PORTA_PUBBLICO", 8000), "riservato": ("PORTA_RISERVATO", 8001)}
PATIENCE = 90


@dataclass(frozen=True)
class Child:
    """A process of the demo; one without a port (the worker) is ready as soon as it lives."""

    name: str
    settings: str
    command: list[str]
    port: int | None = None

    @property
    def pid(self) -> int:
        """The process number, 0 when it does not run (any more)."""
        return recorded(self.name)[0]

    def start(self, env: Mapping[str, str]) -> None:
        """Start in a session of its own, so that Ctrl-C reaches only the program that started it."""
        with places.log(self.name).open("wb") as log:
            process = subprocess.Popen(
                self.command,
                cwd=places.ROOT,
                env={**os.environ, **env, "DJANGO_SETTINGS_MODULE": self.settings},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        places.RUN.mkdir(parents=True, exist_ok=True)
        _record_of(self.name).write_text(f"{process.pid} {self.port or 0}")

    def stop(self) -> None:
        processes.end(self.pid, str(places.VENV))
        _record_of(self.name).unlink(missing_ok=True)

    def ready(self) -> bool:
        """Whether it answers; raise Refusal when it has died, which no waiting mends."""
        if not self.pid:
            raise Refusal(
                f"Il processo «{self.name}» si è fermato: il perché è in fondo a {places.shown(places.log(self.name))}."
            )
        return self.port is None or answers(self.port)


def recorded(name: str) -> tuple[int, int]:
    """Number and port of the process `name`, zeros when it does not run."""
    try:
        pid, port = map(int, _record_of(name).read_text().split())
    except (OSError, ValueError):
        return 0, 0
    return (pid, port) if processes.is_running(pid, str(places.VENV)) else (0, 0)


def answers(port: int) -> bool:
    """Whether the site on `port` says that it and its database are ready."""
    try:
        with urllib.request.urlopen(f"http://{LOOPBACK}:{port}/salute/pronta", timeout=5) as response:
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def port_of(site: str) -> int:
    """The port of a site: the one in PORTA_PUBBLICO / PORTA_RISERVATO, the one where it runs, the usual one."""
    variable, usual = PORTS[site]
    written = os.environ.get(variable) or str(recorded(site)[1] or usual)
    if not written.isdecimal() or not 1024 <= int(written) <= 65535:
        raise Refusal(f"{variable} deve essere un numero fra 1024 e 65535, non «{written}».")
    return int(written)


def all_children() -> list[Child]:
    """Public site, reserved site, worker; in the order in which they start."""
    sites = [
        Child(site, f"portal.settings.{site}", _gunicorn(port_of(site), workers), port_of(site))
        for site, workers in (("pubblico", 2), ("riservato", 1))
    ]
    return [*sites, Child("lavori", "portal.settings.gestione", manage("db_worker"))]


def _gunicorn(port: int, workers: int) -> list[str]:
    return [
        str(places.program("python")), "-m", "gunicorn", "portal.wsgi",
        "--bind", f"{LOOPBACK}:{port}", "--workers", str(workers), "--threads", "4", "--preload", "--no-control-socket",
    ]  # fmt: skip


def _record_of(name: str) -> Path:
    return places.RUN / f"{name}.pid"
