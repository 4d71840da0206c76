"""Where things lie in a checkout, so that no other module builds a path by hand."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOCAL = ROOT / ".local"
LOGS = LOCAL / "log"
RUN = LOCAL / "run"
STAMPS = LOCAL / "timbri"
POSTGRES = LOCAL / "postgres"
SEARCH = LOCAL / "ricerca"
# Outside every checkout: what is fetched once serves all of them, CI's fresh clones too.
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "tessere"
VENV = ROOT / ".venv"
REQUIREMENTS = ROOT / "requirements"
ASSETS = ROOT / "assets"
NPM = Path(__file__).resolve().parent / "npm"


def program(name: str) -> Path:
    """The program `name` of the virtual environment."""
    return VENV / ("Scripts" if os.name == "nt" else "bin") / name


def log(name: str) -> Path:
    """The log file of one step or process; its folder is made."""
    LOGS.mkdir(mode=0o700, parents=True, exist_ok=True)
    return LOGS / f"{name}.log"


def shown(path: Path) -> str:
    """`path` as a person in the checkout would type it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
