"""`ricerca-start`, `ricerca-stop`, `ricerca-status`, and the tests that need a real server."""

import os

from portal.embedded import trials
from portal.embedded.console import say
from portal.embedded.refusal import Refusal
from portal.embedded.search import engines
from portal.embedded.search.server import SearchServer, of_this_checkout


def start(name: str = "") -> None:
    """Start the server `name` and say what to write in SEARCH_URL."""
    server = of_this_checkout(engines.named(name))
    server.start()
    say(f"  SEARCH_URL={server.url}")


def stop(name: str = "") -> None:
    """Stop the server `name`, or both."""
    for server in _chosen(name):
        server.stop()


def status(name: str = "") -> int:
    """Print one line per server; 0 when at least one answers."""
    answering = 0
    for server in _chosen(name):
        ready = bool(server.pid) and server.ready()
        answering += ready
        state = f"acceso  SEARCH_URL={server.url}" if ready else "acceso, ma non risponde" if server.pid else "spento"
        say(f"  {server.engine.title:<18}{state}")
    return 0 if answering else 1


def servizi(name: str = "") -> int:
    """The tests of tests/servizi on PostgreSQL and on each server, one after the other; the first failure's code."""
    codes = [_tests(engine) for engine in ([engines.named(name)] if name else engines.ENGINES.values())]
    return next((code for code in codes if code), 0)


def _tests(engine: engines.Engine) -> int:
    """One server's turn; where it cannot run, say why in one sentence and let the tests be skipped by name.

    With SERVIZI_OBBLIGATORI, as in CI, that is a failure instead.
    """
    server = of_this_checkout(engine)
    kept = bool(server.pid)
    say(f"\n── {engine.title} {engine.version}")
    try:
        server.start()
        address = server.url
    except Refusal as refusal:
        if os.environ.get("SERVIZI_OBBLIGATORI"):
            raise
        say(f"  {refusal}")
        address = engine.name
    try:
        return _pytest(address)
    finally:
        if not kept:
            server.stop()


def _pytest(address: str) -> int:
    os.environ["SERVIZIO_RICERCA"] = address
    return trials.pytest("tests/servizi", "-m", "servizi", "-p", "no:randomly")


def _chosen(name: str) -> list[SearchServer]:
    return [of_this_checkout(each) for each in ([engines.named(name)] if name else engines.ENGINES.values())]
