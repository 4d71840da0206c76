"""Do the tests bite? Plants one hole at a time in a copy of the code and runs the tests that should notice.

    python3 -m portal.embedded run .venv/bin/python -m tests.casi.sabotaggi [--a-fondo] [words of the holes to try]

First of all the same tests with no hole: they must pass. Then, hole by hole, up to the first test that fails: those
written beside it, or those most likely to notice a hole in its file and all of `PROVE` after them. `--a-fondo`: what
passes all these is tried with the long proofs of `make matrice` too.

Prints one line per hole and the score; ends with 1 if a hole went unnoticed, or no longer fits the code.
"""

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path
from time import monotonic

from tests.support.sources import ROOT

from .buchi import BUCHI, CASI, INCARICHI, PORTA, SERRATURA, VISTE
from .buchi_intorno import INTORNO
from .buco import Buco

PRIMA = {PORTA: "porta", CASI: "registro", VISTE: "area", INCARICHI: "incarichi", SERRATURA: "incarichi"}
PROVE = ("policies", "porta", "incarichi", "proiezione", "registro", "policies_percorso", "matrice", "emergenza")
PROVE += ("diario", "ammissioni", "area")
LUNGHE = ("casi/test_storie", "casi/test_matrice_indirizzi")
PACKAGES = ("portal", "home", "catalogo", "casi", "search", "templates", "tests", "locale", "docs")
SECONDS = 900
PASSED, FAILED = 0, 1  # how pytest ends; in any other way the tests could not even run
FAST = ("-n0", "-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider", "--no-header", "--tb=no")


class RottoError(Exception):
    """The tests could not run: nothing is known about the hole."""


def main(words: list[str]) -> int:
    thorough = "--a-fondo" in words
    words = [word for word in words if not word.startswith("--")]
    chosen = [buco for buco in BUCHI + INTORNO if not words or any(word in buco.nome for word in words)]
    with tempfile.TemporaryDirectory(prefix="sabotaggio-") as folder:
        copy = _copy(Path(folder))
        if noticed := _run(copy, dict.fromkeys(name for buco in chosen for name in prove(buco))):
            _say(f"Già senza nessun buco: {noticed}")
            return 1
        survived = [buco.nome for buco in chosen if not _try(buco, copy, LUNGHE if thorough else ())]
    _say(f"{len(chosen) - len(survived)}/{len(chosen)} presi", *survived)
    return 1 if survived else 0


def prove(buco: Buco) -> Iterable[str]:
    """The tests a hole is tried with, each once."""
    return buco.prove or dict.fromkeys(f"casi/test_{name}" for name in (PRIMA.get(buco.file, PROVE[0]), *PROVE))


def _try(buco: Buco, copy: Path, more: Iterable[str]) -> str:
    """The first test that noticed; empty when none did."""
    begun = monotonic()
    with buco.planted(copy):
        found = _run(copy, prove(buco)) or (_run(copy, more) if more else "")
    _say(f"{'preso   ' if found else 'PASSATO '} {buco.nome}  {found}  {monotonic() - begun:.0f} s")
    return found


def _copy(folder: Path) -> Path:
    for name in PACKAGES:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
    for name in ("pyproject.toml", "manage.py"):
        shutil.copy(ROOT / name, folder)
    return folder


def _run(folder: Path, names: Iterable[str]) -> str:
    """The first test that fails; empty when none does. Raises RottoError, TimeoutExpired."""
    command = [sys.executable, "-m", "pytest", *FAST, *(f"tests/{name}.py" for name in names)]
    done = subprocess.run(command, check=False, cwd=folder, capture_output=True, text=True, timeout=SECONDS)
    if done.returncode not in {PASSED, FAILED}:
        raise RottoError(done.stdout[-3000:] + done.stderr[-3000:])
    noticed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return noticed[0].split(" - ")[0].rpartition("/")[2] if noticed else ""


def _say(*lines: str) -> None:
    print(*lines, sep="\n  ", flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
