"""Who runs PostgreSQL, which refuses to be root, and a folder that this account can reach."""

import hashlib
import os
import pwd
import subprocess
from pathlib import Path
from typing import Any

from portal.embedded import places
from portal.embedded.refusal import Refusal

SYSTEM_HOME = Path("/var/lib/tessere")


def owner() -> tuple[int, int]:
    """User and group ids of the server: ourselves, or `nobody` when we are root."""
    if os.geteuid():
        return os.geteuid(), os.getegid()
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError:
        raise Refusal("PostgreSQL non parte come root e qui manca l'utente nobody: usa un utente normale.") from None
    return nobody.pw_uid, nobody.pw_gid


def identity() -> dict[str, Any]:
    """The arguments of `subprocess` that make a child run as `owner`."""
    if os.geteuid():
        return {}
    user, group = owner()
    return {"user": user, "group": group, "extra_groups": [], "cwd": "/"}


def give(path: Path) -> None:
    """Make `path` private to the server's account."""
    path.chmod(0o700 if path.is_dir() else 0o600)
    if not os.geteuid():
        os.chown(path, *owner())


def can_reach(path: Path) -> bool:
    """Whether the server's account may enter the folder `path`, through all that lie above it."""
    return subprocess.run(["test", "-x", str(path)], **identity()).returncode == 0


def home(wanted: Path = places.POSTGRES, system: Path = SYSTEM_HOME) -> Path:
    """`wanted`, made if missing; a link to a folder under `system` when it is out of the account's reach."""
    if not wanted.exists():
        wanted.parent.mkdir(parents=True, exist_ok=True)
        if can_reach(wanted.parent):
            wanted.mkdir(mode=0o755)
        else:
            wanted.unlink(missing_ok=True)
            wanted.symlink_to(_system_folder(wanted, system))
    return wanted.resolve()


def _system_folder(wanted: Path, system: Path) -> Path:
    folder = system / hashlib.sha256(str(wanted).encode()).hexdigest()[:12]
    for part in (system, folder):
        part.mkdir(parents=True, exist_ok=True)
        part.chmod(0o755)
    return folder
