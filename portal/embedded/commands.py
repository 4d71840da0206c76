"""The commands behind the Makefile's targets, and the one place where a Refusal becomes a sentence."""

import os
import shutil
import signal
import sys
from collections.abc import Callable, MutableMapping

from portal.embedded import checks, demo, environment, help_text, lock, places, project, trials
from portal.embedded.console import say
from portal.embedded.refusal import Refusal, from_os_error
from portal.embedded.search import commands as search


def clean() -> None:
    """Stop what runs, then remove all that the other commands have made, the demo's data included."""
    demo.stop()
    search.stop()
    if not environment.external():
        environment.server("prove").stop()
    for data in (places.POSTGRES, places.SEARCH):
        if data.is_symlink():
            shutil.rmtree(data.resolve(), ignore_errors=True)
    made = [places.LOCAL, places.VENV, places.ROOT / "static", places.ASSETS / "dist"]
    made += [places.ASSETS / "node_modules", places.NPM / "node_modules"]
    made += places.ROOT.glob(".*_cache")
    for folder in made:
        shutil.rmtree(folder, ignore_errors=True)


def keep_compiled(environ: MutableMapping[str, str] = os.environ) -> None:
    """Let the processes of a command share what Python compiles, in our own folder: each would compile Wagtail anew."""
    environ.pop("PYTHONDONTWRITEBYTECODE", None)
    environ["PYTHONPYCACHEPREFIX"] = str(places.LOCAL / "pycache")


COMMANDS: dict[str, Callable[..., int | None]] = {
    "help": help_text.show,
    "prepara": lambda: project.prepare("dev"),
    "demo": demo.foreground,
    "demo-start": demo.start,
    "demo-stop": demo.stop,
    "demo-status": demo.status,
    "test": trials.test,
    "matrice": trials.matrice,
    "e2e": trials.e2e,
    "bench": trials.bench,
    "check": checks.check,
    "manage": demo.manage,
    "servizi": search.servizi,
    "ricerca-start": search.start,
    "ricerca-stop": search.stop,
    "ricerca-status": search.status,
    "run": trials.run_with_database,
    "lock": lock.compile_all,
    "clean": clean,
}


def main(arguments: list[str]) -> int:
    """Run one command and return its exit code; troubles end as a sentence, never as a traceback."""
    name, *rest = arguments or ["help"]
    if name not in COMMANDS:
        say(f"Non conosco il comando «{name}». Ci sono: {', '.join(COMMANDS)}.")
        return 2
    keep_compiled()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        return COMMANDS[name](*rest) or 0
    except Refusal as refusal:
        say(f"\n{refusal}")
    except BrokenPipeError:  # whoever read us has seen enough: `make help | head`
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    except OSError as error:
        say(f"\n{from_os_error(error)}")
    except KeyboardInterrupt:
        say("\nInterrotto.")
        return 130
    return 1
