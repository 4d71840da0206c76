"""`python -m bench casi`: how long reading cases takes with a million permission rows. JSON out, a table on stderr."""

import argparse
import json
import sys
import time
from collections.abc import Mapping

import psycopg

from .banca_dati import Server, python
from .casi_pagine import ASSENTE, BANCO, CASO, ELENCO, ESTRANEI, LAVORO, NASCOSTO
from .casi_percorsi import COORDINATORE
from .resoconto import Cifre, Limite, concluded, server_address, trials

# ms: of whoever asks; of who follows thirty families, as one does; of who coordinates a body with all those cases
MOST, DI_CHI_SEGUE, DI_CHI_COORDINA = {ELENCO: 150, CASO: 100}, {LAVORO: 150}, {LAVORO: 300, BANCO: 400}
RIFERIMENTO = 20_000  # the size the limits are set for (security.md §5, T7)


def main(arguments: list[str]) -> int:
    options = _options(arguments)
    server, found = Server(server_address()), {}
    for casi in options.casi:
        with server.database(f"casi_{casi}") as database:
            found[str(casi)] = _measured(server, database, casi, options.giri)
            for chi, prove in found[str(casi)]["prove"].items():
                print(trials(f"{casi} casi, chi ne vede {chi}", prove), file=sys.stderr, flush=True)
            for chi, pagine in found[str(casi)]["pagine"].items():
                print(trials(f"{casi} casi, pagine intere, {chi}", pagine), file=sys.stderr, flush=True)
    held = found.get(str(RIFERIMENTO), next(iter(found.values())))
    kept = [*limits(held["prove"]), *limits_of_plans(held["lette_intere"]), *limits_of_pages(held["pagine"])]
    return concluded({"casi": found}, kept)


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
    whole = json.loads(python("-m", "bench.casi_piani", env=env))
    env["DJANGO_SETTINGS_MODULE"] = "bench.settings_riservato"
    pagine = json.loads(python("-m", "bench.casi_pagine", str(rounds), env=env))
    return {
        "righe_di_permesso": rows[0] if rows else 0, "riempimento_s": seconds, "prove": prove, "lette_intere": whole,
        "pagine": pagine,
    }  # fmt: skip


def limits(gruppi: Mapping[str, Cifre]) -> list[Limite]:
    """Each limit is kept by everybody, few or many cases; guardian is compared where it has many rows to carry."""
    ours = [prove[name] for prove in gruppi.values() for name in ("elenco", "caso")]
    counts = {chi: prove["elenco"]["interrogazioni"] for chi, prove in gruppi.items()}
    cost = [_added(prove, name) for prove in gruppi.values() for name in ("elenco", "caso")]
    everything, ours_alone = gruppi["ventimila"], "elenco, solo la decisione"
    by_hand = [_times(prove, ours_alone, "elenco, SQL a mano") for prove in gruppi.values()]
    guardian = {
        how: _times(everything, f"elenco, guardian {how}", ours_alone) for how in ("con tutti i permessi", "a gruppi")
    }
    return [
        Limite("p95 dell'elenco, ms", max(prove["elenco"]["p95_ms"] for prove in gruppi.values()), 150),
        Limite("p95 di un caso, ms", max(prove["caso"]["p95_ms"] for prove in gruppi.values()), 100),
        Limite("interrogazioni", max(each["interrogazioni"] for each in ours), 12),
        Limite("interrogazioni in più per chi ne vede ventimila", counts["ventimila"] - counts["trenta"], 0),
        Limite("il registro aggiunge, ms", round(max(cost), 2), 3),
        Limite("decisione su SQL a mano", max(by_hand), 1.5),
        *(
            Limite(f"guardian {how} su decisione, chi ne vede ventimila", times, 10, almeno=True)
            for how, times in guardian.items()
        ),
    ]


def limits_of_plans(read_whole: Mapping[str, list[str]]) -> list[Limite]:
    return [Limite("tabelle delle concessioni lette per intero", len(set().union(*read_whole.values())), 0)]


def limits_of_pages(gruppi: Mapping[str, Cifre]) -> list[Limite]:
    """The same as for reading, of the whole request; the coordinator's pages look at every case of her body."""
    hers, refused = gruppi[COORDINATORE], gruppi[ESTRANEI]
    others = [pagine for chi, pagine in gruppi.items() if chi not in (COORDINATORE, ESTRANEI)]
    slowest = {name: max(pagine[name]["p95_ms"] for pagine in others) for name in MOST}
    asked = [each["interrogazioni"] for pagine in gruppi.values() for each in pagine.values()]
    return [
        *(Limite(f"p95, {name}, ms", slowest[name], most) for name, most in MOST.items()),
        *(_p95("chi segue trenta famiglie", gruppi["trenta"], name, most) for name, most in DI_CHI_SEGUE.items()),
        *(_p95("chi coordina", hers, name, most) for name, most in DI_CHI_COORDINA.items()),
        Limite("interrogazioni di una pagina", max(asked), 12),
        Limite(f"da un {ASSENTE} a un {NASCOSTO}, ms", _apart(refused), 5),
    ]


def _apart(refused: Cifre) -> float:
    return round(abs(refused[NASCOSTO]["p50_ms"] - refused[ASSENTE]["p50_ms"]), 2)


def _p95(chi: str, pagine: Cifre, name: str, most: int) -> Limite:
    return Limite(f"p95 di {chi}, {name}, ms", pagine[name]["p95_ms"], most)


def _added(prove: Cifre, name: str) -> float:
    return prove[name]["p50_ms"] - prove[f"{name}, senza registro"]["p50_ms"]


def _times(prove: Cifre, longer: str, shorter: str) -> float:
    return round(prove[longer]["p50_ms"] / prove[shorter]["p50_ms"], 3)
