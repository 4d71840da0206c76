"""The demo on this computer: in the foreground until Ctrl-C, or in the background."""

import os
import shlex
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from portal.embedded import children, environment, places, ports, processes, project
from portal.embedded.console import run, say, show, step
from portal.embedded.python import works
from portal.embedded.refusal import Refusal
from portal.embedded.search import engines
from portal.embedded.search.server import of_this_checkout
from portal.embedded.stamps import Stamp

TITLES = {"pubblico": "Sito pubblico", "riservato": "Area riservata"}
PERSONAS = places.LOCAL / "personas.txt"
DATA_FOLDERS = ("migrations", "management", "demo", "dati", "fixtures")


def foreground() -> None:
    """Start all, say where it is, stay until Ctrl-C or until a process dies, stop all."""
    if _alive():
        raise Refusal("La dimostrazione è già accesa: «make demo-status» dice dove, «make demo-stop» la spegne.")
    with _stopped_at_end():
        _start()
        say("  Per spegnere tutto premi Ctrl-C.\n")
        while all(child.pid or child.ready() for child in children.all_children()):
            time.sleep(1)


def start() -> None:
    """Start all in the background and return when both sites answer; harmless when they already do."""
    if len(_alive()) == len(children.all_children()):
        _tell()
        return
    try:
        _start()
    except BaseException:
        _stop_undisturbed()
        raise
    say("  Per spegnere tutto: make demo-stop\n")


def stop() -> None:
    """Stop the processes together, then the embedded servers."""
    with ThreadPoolExecutor() as together:
        list(together.map(children.Child.stop, children.all_children()))
    for engine in engines.ENGINES.values():
        of_this_checkout(engine).stop()
    if not environment.external():
        environment.server("demo").stop()


def status() -> int:
    """Print one line per process; 0 when both sites answer."""
    found = environment.external() or environment.server("demo").running()
    say(f"  {'PostgreSQL':<18}{'acceso' if found else 'spento'}")
    for child in children.all_children():
        state = "spento" if not child.pid else "acceso" if child.ready() else "acceso, ma non risponde ancora"
        place = f"  http://localhost:{child.port}" if child.port and child.pid else ""
        say(f"  {TITLES.get(child.name, 'Lavori in coda'):<18}{state}{place}")
    return 0 if all(child.pid and child.ready() for child in children.all_children()) else 1


def manage() -> int:
    """One of Django's commands (in ARGS) on the demo's database, which is started if need be and left running."""
    project.prepare("base")
    env = _environment(environment.start_database("demo"))
    command = project.manage(*shlex.split(os.environ.get("ARGS", "")))
    return subprocess.run(command, env={**os.environ, **env}).returncode


@contextmanager
def _stopped_at_end() -> Iterator[None]:
    try:
        yield
    except KeyboardInterrupt:
        say("\n  Spengo tutto…")
    finally:
        _stop_undisturbed()


def _stop_undisturbed() -> None:
    """A second Ctrl-C, or make passing a signal on, must not leave half of it running."""
    for sign in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sign, signal.SIG_IGN)
    stop()


def _alive() -> list[children.Child]:
    return [child for child in children.all_children() if child.pid]


def _start() -> None:
    for leftover in _alive():
        leftover.stop()
    for site, (variable, _) in children.PORTS.items():
        ports.demand_free(children.port_of(site), variable)
    project.prepare_code("base")
    with ThreadPoolExecutor(max_workers=1) as beside:
        beside.submit(works, project.manage("version"))  # Python compiles Django while the database is made
        env = _environment(environment.start_database("demo"))
        static = beside.submit(project.collect_static, env)
        _fill_database(env)
    static.result()
    if "SEARCH_URL" in env:
        show("Indice del motore di ricerca", project.manage("verifica_indice", "--ripara"), env=env)
    with step("Siti e lavori in coda"):
        _start_children(env)
    _tell()


def _start_children(env: Mapping[str, str]) -> None:
    """The sites first; the worker, which nobody waits for, when they answer."""
    *sites, worker = children.all_children()
    for site in sites:
        site.start(env)
    _wait(sites)
    worker.start(env)


def _wait(waiting: list[children.Child]) -> None:
    if not processes.wait_until(lambda: all(child.ready() for child in waiting), children.PATIENCE):
        raise Refusal(f"I siti non rispondono dopo {children.PATIENCE} secondi: leggi {places.shown(places.LOGS)}.")


def _environment(addresses: dict[str, str]) -> dict[str, str]:
    public, reserved = (f"http://localhost:{children.port_of(site)}" for site in ("pubblico", "riservato"))
    return {
        **addresses,
        **_search(),
        "DEMO": "true",
        "SECRET_KEY": environment.secret_key(),
        "PORTACHIAVI": environment.keyring(),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "URL_PUBBLICO": public,
        "URL_RISERVATO": reserved,
    }


def _search() -> dict[str, str]:
    """The address of the search server named in SEARCH, started now; without a name PostgreSQL searches."""
    if not (name := os.environ.get("SEARCH")):
        return {}
    server = of_this_checkout(engines.named(name))
    server.start()
    return {"SEARCH_URL": server.url}


def _fill_database(env: Mapping[str, str]) -> None:
    """Migrate and load the demo data, when migrations, data or the database itself are new."""
    stamp = Stamp("dati", *_data_sources(), also=env["DATABASE_URL"])
    if stamp.fresh():
        return
    with step("Tabelle e permessi della banca dati"):
        run("Tabelle e permessi", project.manage("migrate", "--no-input", "-v", "1"), env=env)
    # A search server, if there is one, is filled when all the data are there.
    load = project.manage("carica_tutto", "--personas", str(PERSONAS))
    show("Dati di esempio", load, env={**env, "INDICE_DOPO": "true", "SEARCH_URL": ""})
    stamp.press()


def _data_sources() -> list[Path]:
    """What decides the content of a new database: migrations, grants, demo data, versions of the packages."""
    apps = [file.parent for pattern in ("*/apps.py", "portal/*/apps.py") for file in places.ROOT.glob(pattern)]
    folders = [app / name for app in sorted(apps) for name in DATA_FOLDERS]
    return [
        places.REQUIREMENTS / "base.txt",
        *(app / "apps.py" for app in sorted(apps)),
        *(folder for folder in folders if folder.is_dir()),
    ]


def _tell() -> None:
    """The table that a newcomer reads first."""
    say()
    for site, title in TITLES.items():
        say(f"  {title:<18}http://localhost:{children.port_of(site)}")
    say(f"  {'Redazione':<18}http://localhost:{children.port_of('pubblico')}/amministrazione/")
    say(f"  {'Per entrare':<18}http://localhost:{children.port_of('pubblico')}/accesso/demo/ (un clic, senza password)")
    if PERSONAS.is_file() and (personas := PERSONAS.read_text()):
        say(f"\n{personas}")
    say()
