"""Do the tests bite? Plants one hole at a time in a copy of the code and runs the tests that should notice.

    python3 -m portal.embedded run .venv/bin/python -m tests.casi.sabotaggi [--a-fondo] [words of the holes to try]

First of all the same tests with no hole: they must pass. Then, hole by hole, up to the first test that fails: those
written beside it, or those most likely to notice a hole in its file and all of `PROVE` after them. `--a-fondo`: what
passes all these is tried with the long proofs of `make matrice` too.

Prints one line per hole and the score; ends with 1 if a hole went unnoticed, or no longer fits the code.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import redirect_stderr, redirect_stdout
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from time import monotonic

import pytest

from tests.support.sources import ROOT

from .buchi import BUCHI, CASI, CONDIZIONI, FATTI, INCARICHI, PORTA, RUOLI, SERRATURA, VISTE
from .buchi_arrivi import ARRIVI
from .buchi_asvs import ASVS
from .buchi_confini import CONFINI
from .buchi_detti import DETTI
from .buchi_diritti import DIRITTI
from .buchi_famiglie import FAMIGLIE
from .buchi_intorno import INTORNO
from .buchi_letti import LETTI
from .buchi_ostili import OSTILI
from .buchi_persone import PERSONE_E_VOCI
from .buchi_registro import REGISTRO_LETTO
from .buchi_reti import FRA_RETI
from .buchi_riletti import RILETTI
from .buchi_scarti import SCARTI
from .buchi_scritte import PAROLE
from .buchi_termini import TERMINI
from .buchi_titoli import SU_CHE_COSA
from .buco import Buco
from .trapianto import transplant

PRIMA = {
    FATTI: "matrice",
    RUOLI: "matrice",
    CONDIZIONI: "diario",
    PORTA: "porta",
    CASI: "registro",
    VISTE: "area",
    INCARICHI: "incarichi",
    SERRATURA: "incarichi",
}
PROVE = ("policies", "matrice", "diario", "ammissioni", "registro", "porta", "incarichi", "proiezione", "emergenza")
PROVE += ("policies_percorso", "arrivi", "interventi", "area")
LUNGHE = ("casi/test_storie", "casi/test_matrice_indirizzi")
PACKAGES = ("portal", "home", "catalogo", "casi", "search", "templates", "tests", "locale", "docs")
SECONDS = 900
PASSED, FAILED = 0, 1  # how pytest ends; in any other way the tests could not even run
OTHERWISE = 99  # how our own child ends when the hole is not inside a function
NESSUNO = Buco("nessuno", "casi/policies.py", "THE decision", "THE decision")
FAST = ("-n0", "--assert=plain", "-q", "-x", "-p", "no:randomly", "-p", "no:cacheprovider", "--no-header", "--tb=no")

TUTTI = [
    *BUCHI, *INTORNO, *LETTI, *ARRIVI, *SCARTI, *PERSONE_E_VOCI, *FRA_RETI, *DIRITTI, *PAROLE,
    *CONFINI, *DETTI, *TERMINI, *RILETTI, *FAMIGLIE, *OSTILI, *SU_CHE_COSA, *ASVS, *REGISTRO_LETTO,
]  # fmt: skip


class RottoError(Exception):
    """The tests could not run: nothing is known about the hole."""


def main(words: list[str]) -> int:
    thorough = "--a-fondo" in words
    words = [word for word in words if not word.startswith("--")]
    chosen = [buco for buco in TUTTI if not words or any(word in buco.nome for word in words)]
    with tempfile.TemporaryDirectory(prefix="sabotaggio-") as folder:
        copy = _copy(Path(folder))
        needed = dict.fromkeys(name for buco in chosen for name in prove(buco))
        _load(copy, needed)
        if noticed := _planted(NESSUNO, copy, needed):
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
    found = _planted(buco, copy, prove(buco)) or (_planted(buco, copy, more) if more else "")
    _say(f"{'preso   ' if found else 'PASSATO '} {buco.nome}  {found}  {monotonic() - begun:.0f} s")
    return found


def _planted(buco: Buco, copy: Path, names: Iterable[str]) -> str:
    """Inside functions, in a child that finds everything loaded; elsewhere in the file, for a new Python."""
    file, text, holed = buco.texts(copy)
    out = copy / "esito"
    child = get_context("fork").Process(target=_forked, args=((file, text, holed), names, out))
    child.start()
    child.join(SECONDS)
    if child.exitcode != OTHERWISE:
        return _read(child.exitcode, out)
    file.write_text(holed)
    try:
        with out.open("w") as told:
            command = [sys.executable, "-m", "pytest", *_arguments(names)]
            done = subprocess.run(command, check=False, cwd=copy, stdout=told, stderr=told, timeout=SECONDS)
    finally:
        file.write_text(text)
    return _read(done.returncode, out)


def _forked(hole: tuple[Path, str, str], names: Iterable[str], out: Path) -> None:
    if not transplant(*hole):
        os._exit(OTHERWISE)
    with out.open("w") as told, redirect_stdout(told), redirect_stderr(told):
        code = pytest.main(_arguments(names))
    os._exit(code)


def _arguments(names: Iterable[str]) -> list[str]:
    return [*FAST, *(f"tests/{name}.py" for name in names)]


def _read(code: int | None, out: Path) -> str:
    """The first test that failed; empty when none did. Raises RottoError."""
    told = out.read_text()
    if code not in {PASSED, FAILED}:
        raise RottoError(told[-3000:])
    noticed = [line for line in told.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return noticed[0].split(" - ")[0].rpartition("/")[2] if noticed else ""


def _copy(folder: Path) -> Path:
    for name in (*PACKAGES, "assets"):  # a process does not pass its own checks without what the theme is made into
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "manage.py"):
        shutil.copy(ROOT / name, folder)
    return folder


def _load(folder: Path, names: Iterable[str]) -> None:
    """From here on this process runs the copy, all of it loaded."""
    for name in [name for name in sys.modules if name.partition(".")[0] in PACKAGES]:
        del sys.modules[name]
    os.chdir(folder)
    sys.path.insert(0, str(folder))
    os.environ["DJANGO_SETTINGS_MODULE"] = "portal.settings.test"
    import_module("django").setup()
    for name in (
        "portal.urls.riservato",
        "portal.urls.pubblico",
        *(f"tests.{name}".replace("/", ".") for name in names),
    ):
        import_module(name)


def _say(*lines: str) -> None:
    print(*lines, sep="\n  ", flush=True)  # noqa: T201


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
