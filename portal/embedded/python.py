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
    return [uv, "pip", "install", "--python", PYTHON] if uv else [*_pip(), "install"]


def find_uv() -> Path | None:
    """uv of this machine, or put now into `.venv`, which exists afterwards; None where there is none for it."""
    _environment()
    found = shutil.which("uv")
    return Path(found) if found and works([found, "--version"]) else _uv_from_index()


def _environment() -> None:
    """Make `.venv`, or make it anew when it is broken; without pip, which takes longer than all the rest."""
    if works([PYTHON, "-c", ""]):
        return
    shutil.rmtree(places.VENV, ignore_errors=True)
    for stamp in places.STAMPS.glob("python-*"):
        stamp.unlink()
    run(TITLE, [sys.executable, "-m", "venv", "--without-pip", places.VENV])


def _uv_from_index() -> Path | None:
    """uv installed by pip into the environment; None where there is no uv for this machine."""
    uv = places.program("uv")
    if not uv.exists():
        try:
            run(TITLE, [*_pip(), "install", "--require-hashes", "--requirement", _file("uv")])
        except Refusal:
            return None
    return uv


def _pip() -> Command:
    """pip of this Python, told to work on our environment; where there is none that can, one put there now."""
    ours: list[str | Path] = [sys.executable, "-m", "pip", "--python", PYTHON]
    if works([*ours, "--version"]):
        return ours
    run(TITLE, [PYTHON, "-m", "ensurepip"])
    return [PYTHON, "-m", "pip"]
