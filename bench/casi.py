"""`python -m bench casi`: how long reading cases takes with a million permission rows. JSON out, a table on stderr."""

import argparse
import json
import sys
import time

import psycopg

from .banca_dati import Server, python
from .resoconto import Limite, concluded, server_address, trials

RIFERIMENTO = 20_000  # the size the limits are set for (security.md §5, T7)


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    server, found = Server(server_address()), {}
    for casi in options.casi:
        with server.database(f"casi_{casi}") as database:
            found[str(casi)] = _measured(server, database, casi, options.giri)
            print(trials(f"{casi} casi", found[str(casi)]["prove"]), file=sys.stderr, flush=True)
    return concluded({"casi": found}, limits(found.get(str(RIFERIMENTO), next(iter(found.values())))["prove"]))


def _options(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench casi", description="Misura la lettura dei casi.")
    parser.add_argument("--casi", type=int, nargs="+", default=[10_000, RIFERIMENTO], help="quanti casi, anche 1000000")
    parser.add_argument(
        "--giri", type=int, default=10, help="quante volte si chiede ogni cosa per ognuna di 20 persone"
    )
    return parser.parse_args(arguments)


def _measured(server: Server, database: str, casi: int, rounds: int) -> dict[str, object]:
    env = {**server.environment(database), "DJANGO_SETTINGS_MODULE": "portal.settings.gestione"}
    python("manage.py", "migrate", "--verbosity", "0", env=env)
    start = time.perf_counter()
    python("-m", "bench.casi_rete", str(casi), env=env)
    seconds = round(time.perf_counter() - start, 1)
    with psycopg.connect(server.url(database), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")
        rows = connection.execute("SELECT count(*) FROM casi_permessoutentesucaso").fetchone()
    prove = json.loads(python("-m", "bench.casi_misure", str(rounds), env=env))
    return {"righe_di_permesso": rows[0] if rows else 0, "riempimento_s": seconds, "prove": prove}


def limits(prove: dict[str, dict[str, float]]) -> list[Limite]:
    listed, alone, by_hand = prove["elenco"], prove["elenco, solo la decisione"], prove["elenco, SQL a mano"]
    cost = [prove[name]["p50_ms"] - prove[f"{name}, senza registro"]["p50_ms"] for name in ("elenco", "caso")]
    return [
        Limite("p95 dell'elenco, ms", listed["p95_ms"], 150),
        Limite("p95 di un caso, ms", prove["caso"]["p95_ms"], 100),
        Limite("interrogazioni", max(listed["interrogazioni"], prove["caso"]["interrogazioni"]), 12),
        Limite("il registro aggiunge, ms", round(max(cost), 2), 3),
        Limite("decisione su SQL a mano", round(alone["p50_ms"] / by_hand["p50_ms"], 2), 1.5),
    ]
