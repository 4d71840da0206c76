"""Do the tests bite? Plants one hole at a time in a copy of the code and runs the tests that should notice.

    python -m tests.casi.sabotaggi [words of the holes to try]

DATABASE_URL names a server that answers, as for the tests.

Prints one line per hole and the score; ends with 1 if a hole went unnoticed, or no longer fits the code.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.sources import ROOT

from .buchi import BUCHI, Buco

PROVE = ("policies", "registro", "incarichi", "proiezione", "matrice", "storie", "matrice_indirizzi")
PACKAGES = ("portal", "home", "catalogo", "casi", "search", "templates", "tests", "locale", "docs")
SECONDS = 400


def main(words: list[str]) -> int:
    chosen = [buco for buco in BUCHI if not words or any(word in buco.nome for word in words)]
    survived = []
    for buco in chosen:
        found = _try(buco)
        print(f"{'preso   ' if found else 'PASSATO '} {buco.nome}  {found}", flush=True)  # noqa: T201
        survived += [] if found else [buco.nome]
    print(f"{len(chosen) - len(survived)}/{len(chosen)} presi", *survived, sep="\n  ")  # noqa: T201
    return 1 if survived else 0


def _try(buco: Buco) -> str:
    """The first test that noticed; empty when none did."""
    with tempfile.TemporaryDirectory(prefix="sabotaggio-") as folder:
        copy = Path(folder)
        for name in PACKAGES:
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "*.mo"))
        for name in ("pyproject.toml", "manage.py"):
            shutil.copy(ROOT / name, copy)
        buco.plant(copy)
        return _run(copy)


def _run(folder: Path) -> str:
    files = [f"tests/casi/test_{name}.py" for name in PROVE]
    there = [name for name in files if (folder / name).exists()]
    options = ["-n0", "-q", "-x", "-p", "no:randomly", "--no-header", "--tb=no"]
    command = [sys.executable, "-m", "pytest", *options, *there]
    env = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        done = subprocess.run(
            command, check=False, cwd=folder, env=env, capture_output=True, text=True, timeout=SECONDS
        )
    except subprocess.TimeoutExpired:
        return "tempo scaduto"
    if done.returncode == 0:
        return ""
    noticed = [line for line in done.stdout.splitlines() if line.startswith(("FAILED", "ERROR"))]
    return noticed[0].split(" - ")[0].rpartition("/")[2] if noticed else done.stdout[-300:] + done.stderr[-300:]


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
