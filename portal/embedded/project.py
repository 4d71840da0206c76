"""Everything between a clone and a project that runs: packages, assets, translations, static files."""

import shutil

from portal.embedded import node, places, python
from portal.embedded.console import run, step
from portal.embedded.refusal import NO_DISK, Refusal
from portal.embedded.stamps import Stamp

NEEDED_BYTES = 1_500_000_000


def prepare(group: str) -> None:
    """Python packages of `group` (base: what runs; dev: tests and checks too), translations, theme."""
    prepare_code(group)
    node.build_assets()


def prepare_code(group: str) -> None:
    """What Django's commands need: packages and translations, without the theme that only browsers ask for."""
    _demand_space()
    python.prepare(group)
    _compile_messages()


def collect_static(env: dict[str, str]) -> None:
    """Build the theme; gather, hash, compress the static files, when theme or packages have changed."""
    node.build_assets()
    stamp = Stamp(
        "statici",
        places.ASSETS / "dist",
        places.REQUIREMENTS / "base.txt",
        places.ROOT / "portal" / "settings",
        outputs=[places.ROOT / "static" / "staticfiles.json"],
    )
    if not stamp.fresh():
        run("File statici", manage("collectstatic", "--no-input", "--clear", "-v", "0"), env=env)
        stamp.press()


def manage(*arguments: str) -> list[str]:
    """The command line of one of Django's commands."""
    return [str(places.program("python")), str(places.ROOT / "manage.py"), *arguments]


def _compile_messages() -> None:
    folder = places.ROOT / "locale"
    sources = sorted(folder.glob("*/LC_MESSAGES/*.po"))
    stamp = Stamp("traduzioni", *sources, outputs=[source.with_suffix(".mo") for source in sources])
    if sources and not stamp.fresh():
        with step("Traduzioni"):
            run("Traduzioni", [places.program("python"), "-m", "portal.embedded.messages"])
            stamp.press()


def _demand_space() -> None:
    """Refuse early: a half-filled environment is worse than none."""
    if not places.VENV.exists() and shutil.disk_usage(places.ROOT).free < NEEDED_BYTES:
        raise Refusal(NO_DISK)
