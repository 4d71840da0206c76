"""`python -m bench ricerca`: how long a search takes as the network grows. JSON out, a table on the error stream."""

import argparse
import json
import os
import sys
from datetime import UTC, datetime

import psycopg

from .banca_dati import Server, fill, python
from .casi import table
from .resoconto import Limite

RIFERIMENTO = 10_000  # the size the limits are set for
SUGGERIMENTI = "suggerimenti"


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    address = os.environ.get("DATABASE_URL")
    if not address:
        print("Manca DATABASE_URL: usa `make bench`, che accende una banca dati.", file=sys.stderr)
        return 2
    server, found = Server(address), {}
    for servizi in options.servizi:
        with server.database(f"ricerca_{servizi}") as database:
            found[str(servizi)] = _measured(server, database, servizi, options.giri)
            print(
                table(f"{servizi} servizi", found[str(servizi)]["prove"]),
                found[str(servizi)]["indice"],
                file=sys.stderr,
                flush=True,
            )
    limiti = limits(found.get(str(RIFERIMENTO), next(iter(found.values()))))
    for limite in limiti:
        print("rispettato" if limite.rispettato else "SUPERATO  ", limite.nome, limite.valore, file=sys.stderr)
    result = {"quando": datetime.now(UTC).isoformat(timespec="seconds"), "servizi": found}
    print(json.dumps({**result, "limiti": [each.as_dict() for each in limiti]}, ensure_ascii=False, indent=2))
    return 0 if all(limite.rispettato for limite in limiti) else 1


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench ricerca", description="Misura la ricerca.")
    parser.add_argument("--servizi", type=int, nargs="+", default=[1_000, RIFERIMENTO], help="quanti servizi")
    parser.add_argument("--giri", type=int, default=20, help="quante volte si fa ogni domanda")
    return parser.parse_args(arguments)


def _measured(server: Server, database: str, servizi: int, rounds: int) -> dict[str, dict]:
    env = {**server.environment(database), "DJANGO_SETTINGS_MODULE": "portal.settings.gestione"}
    fill(server, database, servizi)
    indice = json.loads(python("-m", "bench.ricerca_misure", "indice", env=env))
    with psycopg.connect(server.url(database), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        size = connection.execute("SELECT pg_total_relation_size('search_voceindice')").fetchone()
    prove = json.loads(python("-m", "bench.ricerca_misure", "domande", str(rounds), env=env))
    return {"indice": {**indice, "megabyte": round((size[0] if size else 0) / 1e6)}, "prove": prove}


def limits(found: dict[str, dict]) -> list[Limite]:
    prove, indice = found["prove"], found["indice"]
    searches = [each for name, each in prove.items() if not name.startswith(SUGGERIMENTI)]
    completions = [each for name, each in prove.items() if name.startswith(SUGGERIMENTI)]
    return [
        Limite("p95 della ricerca peggiore, ms", max(each["p95_ms"] for each in searches), 60),
        Limite("p95 dei suggerimenti, ms", max(each["p95_ms"] for each in completions), 25),
        Limite("interrogazioni", max(each["interrogazioni"] for each in searches), 15),
        Limite("ricostruzione dell'indice, s", indice["secondi"], 180),
        Limite("memoria in più per ricostruire, MB", indice["memoria_mb"], 150),
    ]
