"""Tests, browser tests and benchmarks: pytest and friends with a database that answers."""

import os
import shlex
import shutil
import signal
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor

from portal.embedded import environment, node, places, project
from portal.embedded.console import run
from portal.embedded.refusal import Refusal
from portal.embedded.stamps import Stamp

BROWSERS = ("chromium", "chromium-browser", "google-chrome")

# Each worker goes through its half and then helps the other: what the tests of a file share is made once.
TWO_CORES = ("-n", "2", "--dist", "worksteal", "--ignore", "tests/e2e", "-p", "no:playwright")


def test() -> int:
    """All tests but the browser's, the search servers' and the thorough ones of `matrice`; ARGS goes to pytest."""
    return pytest(*TWO_CORES, "-m", "not e2e and not matrice and not servizi")


def matrice() -> int:
    """The long proofs: who may see what, of every address, history and output; pages with many rows; the whole demo."""
    return pytest(*TWO_CORES, "-m", "matrice")


def e2e() -> int:
    """The browser's tests, one after the other."""
    if not any(shutil.which(browser) for browser in BROWSERS):
        raise Refusal("Per le prove nel browser serve Chromium: installalo (su Debian: apt install chromium).")
    return pytest("-m", "e2e", "-p", "no:randomly")


def bench() -> int:
    """The benchmarks; each prints JSON."""
    return run_with_database(str(places.program("python")), "-m", "bench", *shlex.split(os.environ.get("ARGS", "")))


def run_with_database(*command: str) -> int:
    """Run `command` with the variables of the test database; the server started for it is stopped after it."""
    project.prepare("dev")
    with environment.database_of_tests() as addresses:
        return _call(list(command), addresses)


def pytest(*arguments: str) -> int:
    """pytest with these arguments and those of ARGS; it gathers the tests while their database is migrated."""
    project.prepare_code("dev")
    extra = shlex.split(os.environ.get("ARGS", ""))
    with environment.database_of_tests() as addresses, ThreadPoolExecutor(max_workers=1) as beside:
        template = beside.submit(_migrate, addresses)
        node.build_assets()
        code = _call([str(places.program("python")), "-m", "pytest", *arguments, *extra], addresses)
        template.result()
        return code


def _migrate(addresses: Mapping[str, str]) -> None:
    """Make the database that the tests copy; whoever asks for it meanwhile waits."""
    folders = sorted(places.ROOT.glob("*/migrations")) + sorted(places.ROOT.glob("portal/*/migrations"))
    stamp = Stamp("modello", places.REQUIREMENTS / "dev.txt", *folders, also=addresses["DATABASE_URL"])
    if not stamp.fresh():
        run("Banca dati delle prove", [places.program("python"), "-m", "tests.modello"], env=addresses)
        stamp.press()


def _call(command: list[str], env: Mapping[str, str]) -> int:
    """Ctrl-C is the command's business: it ends in its own way, then we go on."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        return subprocess.run(command, cwd=places.ROOT, env={**os.environ, **env}).returncode
    finally:
        signal.signal(signal.SIGINT, before)
