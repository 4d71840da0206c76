"""`python -m bench ricerca`: how well and how fast a search answers as the network grows. JSON out, tables on stderr.

On PostgreSQL, or on the cluster of SEARCH_URL where one is set. The sheets are the demo's, real services among them,
over and over up to the size asked; the questions are those people ask, of tests/search/rilevanza.yaml.
"""

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import psycopg

from .banca_dati import Server, fill, python
from .resoconto import Limite, concluded, server_address, trials

RIFERIMENTO = 10_000  # the size the limits of PostgreSQL are set for
MIGLIAIA = 100_000  # the size the limit of a cluster is set for
DOMANDE = "domande di persone vere"
SUGGERIMENTI = "suggerimenti"


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    server, found = Server(server_address()), {}
    with _demo(server) as (demo, folder):
        quality = {} if options.senza_rilevanza else _relevance(_environment(server, demo, folder))
        for servizi in options.servizi:
            with server.database(f"ricerca_{servizi}", template=demo) as database:
                measured = _measured(server, database, folder, servizi, options.giri)
            found[str(servizi)] = measured
            print(trials(f"{servizi} servizi", measured["prove"]), measured["indice"], file=sys.stderr, flush=True)
    rebuilt = {} if options.senza_ricostruzione else _rebuilt(server)
    result = {"motore": _engine(), "rilevanza": quality, "servizi": found, "ricostruzione": rebuilt}
    return concluded(result, [*_limits(found), *_limits_of_rebuild(rebuilt)])


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench ricerca", description="Misura la ricerca.")
    parser.add_argument(
        "--servizi", type=int, nargs="+", default=[1_000, RIFERIMENTO], help=f"quanti servizi, anche {MIGLIAIA}"
    )
    parser.add_argument("--giri", type=int, default=10, help="quante volte si fa ogni domanda")
    parser.add_argument("--senza-rilevanza", action="store_true", help="non misurare se trova le schede giuste")
    parser.add_argument("--senza-ricostruzione", action="store_true", help="non rifare l'indice di 10.000 pagine")
    return parser.parse_args(arguments)


def _engine() -> str:
    return urlsplit(os.environ.get("SEARCH_URL", "")).scheme.partition("+")[0] or "postgresql"


def _environment(server: Server, database: str, folder: str) -> dict[str, str]:
    return {
        **server.environment(database),
        "DJANGO_SETTINGS_MODULE": "portal.settings.gestione",
        "DATI_DIR": folder,
    }


@contextmanager
def _demo(server: Server) -> Iterator[tuple[str, str]]:
    """A database with the demo's sheets, indexed, and the folder of its files."""
    with server.database("ricerca_demo") as database, tempfile.TemporaryDirectory() as folder:
        env = {**_environment(server, database, folder), "SEARCH_URL": ""}
        for command in (["migrate", "--verbosity", "0"], ["carica_demo"], ["ricostruisci_indice"]):
            python("manage.py", *command, env=env)
        yield database, folder


def _relevance(env: dict[str, str]) -> dict[str, dict[str, dict[str, float]]]:
    """The figures of tests/search/rilevanza.yaml on the demo's sheets, by engine and language."""
    if env.get("SEARCH_URL"):
        python("manage.py", "ricostruisci_indice", env=env)
    engines = {"postgresql": {**env, "SEARCH_URL": ""}, _engine(): env}
    found = {name: json.loads(python("-m", "tests.search.rilevanza", env=each)) for name, each in engines.items()}
    for name, languages in found.items():
        for lingua, figures in languages.items():
            print(f"rilevanza, {name}, {lingua}:", figures, file=sys.stderr, flush=True)
    return found


def _measured(server: Server, database: str, folder: str, servizi: int, rounds: int) -> dict[str, dict]:
    env = _environment(server, database, folder)
    python("-m", "bench.ricerca_righe", str(servizi), env=env)
    indice = json.loads(python("-m", "bench.ricerca_misure", "motore", env=env))
    with psycopg.connect(server.url(database), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        size = connection.execute("SELECT pg_total_relation_size('search_voceindice')").fetchone()
    public = {**env, "DJANGO_SETTINGS_MODULE": "bench.settings", "BENCH_MEMORIA": "0"}
    prove = json.loads(python("-m", "bench.ricerca_misure", "domande", str(rounds), env=public))
    return {"indice": {**indice, "megabyte": round((size[0] if size else 0) / 1e6)}, "prove": prove}


def _rebuilt(server: Server) -> dict[str, float]:
    """What it takes to index ten thousand pages, on PostgreSQL."""
    with server.database("ricostruzione") as database, tempfile.TemporaryDirectory() as folder:
        fill(server, database, RIFERIMENTO)
        env = {**_environment(server, database, folder), "SEARCH_URL": ""}
        found = json.loads(python("-m", "bench.ricerca_misure", "indice", env=env))
    print("ricostruzione:", found, file=sys.stderr, flush=True)
    return found


def _limits(found: dict[str, dict]) -> list[Limite]:
    """Of the sizes that have limits on the engine measured."""
    on_postgres, told = _engine() == "postgresql", []
    for size, each in found.items():
        if int(size) == (RIFERIMENTO if on_postgres else MIGLIAIA):
            told += limits(each["prove"], 60 if on_postgres else 80)
    return told


def limits(prove: dict[str, dict[str, float]], page: float) -> list[Limite]:
    completions = [each for name, each in prove.items() if name.startswith(SUGGERIMENTI)]
    return [
        Limite("p95 della pagina dei risultati, ms", prove[DOMANDE]["p95_ms"], page),
        Limite("p95 dei suggerimenti, ms", max(each["p95_ms"] for each in completions), 25),
        Limite("interrogazioni", max(each["interrogazioni"] for each in prove.values()), 15),
    ]


def _limits_of_rebuild(found: dict[str, float]) -> list[Limite]:
    if not found:
        return []
    return [
        Limite("ricostruzione dell'indice, s", found["secondi"], 180),
        Limite("memoria in più per ricostruire, MB", found["memoria_mb"], 150),
    ]
