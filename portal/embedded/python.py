"""The virtual environment: made with this Python, filled by uv (or pip) with packages checked by hash."""

import shutil
import subprocess
import sys
from pathlib import Path

from portal.embedded import places
from portal.embedded.console import Command, run, step
from portal.embedded.refusal import Refusal
from portal.embedded.stamps import Stamp

TITLE = "Ambiente Python"
# Offices often read encrypted traffic with a certificate of their own, which only the system knows.
SYSTEM_CERTIFICATES = {"UV_SYSTEM_CERTS": "true", "UV_NATIVE_TLS": "true"}
PYTHON = places.program("python")


def works(command: Command) -> bool:
    """Whether a program starts and ends well."""
    try:
        return not subprocess.run([str(part) for part in command], capture_output=True).returncode
    except OSError:
        return False


def prepare(group: str) -> None:
    """Install requirements/<group>.txt; costs nothing when it is as it was."""
    if _stamp(group).fresh() and works([PYTHON, "-c", ""]):
        return
    with step(TITLE if group != "node" else "Node, in un pacchetto Python"):
        installer = _installer()
        run(TITLE, [*installer, "--require-hashes", "--requirement", _file(group)], env=SYSTEM_CERTIFICATES)
        _stamp(group).press()


def _stamp(group: str) -> Stamp:
    return Stamp(f"python-{group}", _file(group), also=sys.version, outputs=[PYTHON])


def _file(group: str) -> Path:
    return places.REQUIREMENTS / f"{group}.txt"


def _installer() -> Command:
    """uv of this machine, else uv as a Python package, else pip; each working on our environment."""
    uv = find_uv()
    return [uv, "pip", "install", "--python", PYTHON] if uv else [PYTHON, "-m", "pip", "install"]


def find_uv() -> Path | None:
    """uv of this machine, or put now into `.venv`, which exists afterwards; None where there is none for it."""
    found = shutil.which("uv")
    uv = Path(found) if found and works([found, "--version"]) else None
    _environment(with_pip=uv is None)
    return uv or _uv_from_index()


def _environment(*, with_pip: bool) -> None:
    """Make `.venv`, or make it anew when it is broken."""
    if works([PYTHON, "-m", "pip", "--version"] if with_pip else [PYTHON, "-c", ""]):
        return
    shutil.rmtree(places.VENV, ignore_errors=True)
    for stamp in places.STAMPS.glob("python-*"):
        stamp.unlink()
    run(TITLE, [sys.executable, "-m", "venv", *([] if with_pip else ["--without-pip"]), places.VENV])


def _uv_from_index() -> Path | None:
    """uv installed by pip into the environment; None where there is no uv for this machine."""
    uv = places.program("uv")
    if not uv.exists():
        try:
            run(TITLE, [PYTHON, "-m", "pip", "install", "--require-hashes", "--requirement", _file("uv")])
        except Refusal:
            return None
    return uv
