"""A web site under measure: gunicorn as in the demo, on a port of its own."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from socket import socket

from .banca_dati import RADICE
from .carico import Connessione

# As portal/embedded starts the public site: the same for every site that is compared.
GUNICORN = ("--workers", "2", "--threads", "4", "--preload", "--graceful-timeout", "2", "--log-level", "warning")
ATTESA = 60.0


@contextmanager
def served(env: Mapping[str, str], *, wsgi: str, python: str = sys.executable, folder: Path = RADICE) -> Iterator[int]:
    """Port of a site that answers; it is stopped at the end. `wsgi`: module of the application in `folder`."""
    port = _free_port()
    command = [python, "-m", "gunicorn", wsgi, "--bind", f"127.0.0.1:{port}", *GUNICORN]
    with tempfile.TemporaryFile("w+") as log:
        process = subprocess.Popen(command, cwd=folder, env=dict(env), stdout=log, stderr=log)
        try:
            if not _answers(process, port):
                log.seek(0)
                raise RuntimeError(f"{wsgi} non risponde:\n{log.read()[-2000:]}")
            yield port
        finally:
            _stop(process)


def _answers(process: subprocess.Popen, port: int) -> bool:
    deadline = time.monotonic() + ATTESA
    while process.poll() is None and time.monotonic() < deadline:
        try:
            Connessione(port).get("/")
        except OSError:
            time.sleep(0.1)
        else:
            return True
    return False


def _stop(process: subprocess.Popen) -> None:
    process.terminate()
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:  # its workers see that it is gone and go too
        process.kill()
        process.wait()


def _free_port() -> int:
    with socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
