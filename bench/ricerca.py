"""`python -m bench ricerca`: how well and how fast a search answers as the network grows. JSON out, tables on stderr.

On PostgreSQL, or on the cluster of SEARCH_URL where one is set.
"""

import argparse
import json
import os
import sys
import tempfile
from urllib.parse import urlsplit

import psycopg

from .banca_dati import Server, fill, python
from .resoconto import Limite, concluded, server_address, trials

RIFERIMENTO = 10_000  # the size the limits of PostgreSQL are set for
PAGINE = 10_000  # services that are pages; beyond these, more rows of the index are made out of theirs
SUGGERIMENTI = "suggerimenti"
MIGLIAIA = 100_000  # the size the limit of a cluster is set for


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    server, found, quality = Server(server_address()), {}, {}
    if not options.senza_rilevanza:
        quality = _relevance(server)
    for servizi in options.servizi:
        with server.database(f"ricerca_{servizi}") as database:
            measured = _measured(server, database, servizi, options.giri)
        found[str(servizi)] = measured
        print(trials(f"{servizi} servizi", measured["prove"]), measured["indice"], file=sys.stderr, flush=True)
    result = {"motore": _engine(), "rilevanza": quality, "servizi": found}
    return concluded(result, _limits(found))


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench ricerca", description="Misura la ricerca.")
    parser.add_argument(
        "--servizi", type=int, nargs="+", default=[1_000, RIFERIMENTO],
        help=f"quanti servizi, anche {MIGLIAIA}: oltre {PAGINE} si moltiplicano le righe italiane dell'indice",
    )  # fmt: skip
    parser.add_argument("--giri", type=int, default=20, help="quante volte si fa ogni domanda")
    parser.add_argument("--senza-rilevanza", action="store_true", help="solo le velocità")
    return parser.parse_args(arguments)


def _engine() -> str:
    return urlsplit(os.environ.get("SEARCH_URL", "")).scheme.partition("+")[0] or "postgresql"


def _environment(server: Server, database: str) -> dict[str, str]:
    return {**server.environment(database), "DJANGO_SETTINGS_MODULE": "portal.settings.gestione"}


def _relevance(server: Server) -> dict[str, dict[str, dict[str, float]]]:
    """The figures of tests/search/rilevanza.yaml on the demo's sheets, by engine and language."""
    with server.database("rilevanza") as database, tempfile.TemporaryDirectory() as folder:
        env = {**_environment(server, database), "DATI_DIR": folder}
        for command in (["migrate", "--verbosity", "0"], ["carica_demo"], ["ricostruisci_indice"]):
            python("manage.py", *command, env=env)
        engines = {"postgresql": {**env, "SEARCH_URL": ""}, _engine(): env}
        found = {name: json.loads(python("-m", "tests.search.rilevanza", env=each)) for name, each in engines.items()}
    for name, languages in found.items():
        for lingua, figures in languages.items():
            print(f"rilevanza, {name}, {lingua}:", figures, file=sys.stderr, flush=True)
    return found


def _measured(server: Server, database: str, servizi: int, rounds: int) -> dict[str, dict]:
    env = _environment(server, database)
    fill(server, database, min(servizi, PAGINE))
    indice = json.loads(python("-m", "bench.ricerca_misure", "indice", env={**env, "SEARCH_URL": ""}))
    if servizi > PAGINE:
        print(f"Oltre {PAGINE} servizi si moltiplicano le righe italiane dell'indice.", file=sys.stderr, flush=True)
        python("-m", "bench.ricerca_righe", str(servizi - PAGINE), env=env)
    indice |= json.loads(python("-m", "bench.ricerca_misure", "motore", env=env))
    with psycopg.connect(server.url(database), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        size = connection.execute("SELECT pg_total_relation_size('search_voceindice')").fetchone()
    prove = json.loads(python("-m", "bench.ricerca_misure", "domande", str(rounds), env=env))
    return {"indice": {**indice, "megabyte": round((size[0] if size else 0) / 1e6)}, "prove": prove}


def _limits(found: dict[str, dict]) -> list[Limite]:
    """Of the sizes that have limits on the engine measured."""
    told = []
    for size, each in found.items():
        if int(size) == RIFERIMENTO:
            told += limits(each)
        elif int(size) == MIGLIAIA and _engine() != "postgresql":
            told.append(Limite(f"p95 della ricerca peggiore a {size}, ms", _worst(each["prove"]), 80))
    return told


def limits(found: dict[str, dict]) -> list[Limite]:
    prove, indice = found["prove"], found["indice"]
    completions = [each for name, each in prove.items() if name.startswith(SUGGERIMENTI)]
    return [
        Limite("p95 della ricerca peggiore, ms", _worst(prove), 60),
        Limite("p95 dei suggerimenti, ms", max(each["p95_ms"] for each in completions), 25),
        Limite("interrogazioni", max(each["interrogazioni"] for each in prove.values()), 15),
        Limite("ricostruzione dell'indice, s", indice["secondi"], 180),
        Limite("memoria in più per ricostruire, MB", indice["memoria_mb"], 150),
    ]


def _worst(prove: dict[str, dict[str, float]]) -> float:
    return max(each["p95_ms"] for name, each in prove.items() if not name.startswith(SUGGERIMENTI))
