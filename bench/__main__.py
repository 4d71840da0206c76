"""`python -m bench`: JSON on the output, a table on the error stream; ends with 1 when a limit is not kept."""

import argparse
import json
import os
import platform
import sys
from contextlib import ExitStack
from datetime import UTC, datetime

from . import bakery, casi, resoconto, ricerca
from .banca_dati import RADICE, Server, fill, python
from .carico import LETTORI, Prova, measure
from .sito import GUNICORN, served

POCHI, MOLTI = 40, 10_000
CATALOGO = "/servizi/"
SCHEDA = "/enti/associazione-1/servizio-1/"
# Name, services in the database, address; each with the page memory and without.
PAGINE = (
    ("home", POCHI, "/"),
    (f"catalogo {POCHI}", POCHI, CATALOGO),
    (f"catalogo {MOLTI}", MOLTI, CATALOGO),
    (f"catalogo {MOLTI}, filtrato", MOLTI, "/servizi/?bisogno=mangiare&gratuito=on&ordina=comune&pagina=3"),
    ("scheda", POCHI, SCHEDA),
)
SENZA = ", senza memoria"


def main() -> int:
    if sys.argv[1:2] == ["casi"]:  # the reserved area has its own: `make bench ARGS="casi --casi 10000 1000000"`
        return casi.main(sys.argv[2:])
    if sys.argv[1:2] == ["ricerca"]:
        return ricerca.main(sys.argv[2:])
    options = _options()
    address = os.environ.get("DATABASE_URL")
    if not address:
        print("Manca DATABASE_URL: usa `make bench`, che accende una banca dati.", file=sys.stderr)
        return 2
    with ExitStack() as stack:
        prove, interrogazioni = _prepare(stack, Server(address))
        misure = measure(prove, seconds=options.secondi, rounds=options.giri)
    pagine = {name: {**misura.summary(), **interrogazioni.get(name, {})} for name, misura in misure.items()}
    limiti = resoconto.limits(pagine)
    print(resoconto.table(pagine, limiti), file=sys.stderr)
    _write({"quando": datetime.now(UTC).isoformat(timespec="seconds"), **_conditions(options), "pagine": pagine,
            "limiti": [limite.as_dict() for limite in limiti]})  # fmt: skip
    return 1 if any(limite.rispettato is False for limite in limiti) else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description="Misura la velocità delle pagine pubbliche.")
    parser.add_argument("--secondi", type=float, default=3.0, help="durata di ogni prova in ogni giro")
    parser.add_argument("--giri", type=int, default=6, help="quante volte si ripete ogni prova")
    return parser.parse_args()


def _prepare(stack: ExitStack, server: Server) -> tuple[list[Prova], dict[str, dict[str, int]]]:
    """Databases filled and sites answering: the trials, and how many queries each page costs."""
    few = stack.enter_context(server.database("pochi"))
    _say(f"{POCHI} servizi")
    fill(server, few, POCHI)
    many = stack.enter_context(server.database("molti", template=few))
    _say(f"{MOLTI} servizi")
    fill(server, many, MOLTI)
    prove, interrogazioni = [], {}
    for suffix, memory in (("", "1"), (SENZA, "0")):
        for size, database in ((POCHI, few), (MOLTI, many)):
            env = {**server.environment(database), "DJANGO_SETTINGS_MODULE": "bench.settings", "BENCH_MEMORIA": memory}
            port = stack.enter_context(served(env, wsgi="portal.wsgi"))
            pages = {name + suffix: path for name, services, path in PAGINE if services == size}
            prove += [Prova(name, port, path) for name, path in pages.items()]
            counts = json.loads(python("-m", "bench.interrogazioni", *pages.values(), env=env))
            interrogazioni |= {name: {"interrogazioni": counts[path]} for name, path in pages.items()}
    prove.append(Prova("salute", prove[0].port, "/salute/pronta"))
    if folder := bakery.checkout():
        _say("bakerydemo")
        prove.append(
            Prova("bakerydemo, elenco dei pani", stack.enter_context(bakery.bakery(folder, server)), bakery.ELENCO)
        )
    else:
        _say("bakerydemo non c'è (BAKERYDEMO=/cartella con il suo .venv): il confronto si salta")
    return prove, interrogazioni


def _conditions(options: argparse.Namespace) -> dict[str, object]:
    return {
        "macchina": {"python": platform.python_version(), "processori": os.cpu_count()},
        "condizioni": {"gunicorn": " ".join(GUNICORN), "lettori": LETTORI, **vars(options)},
    }


def _write(result: dict[str, object]) -> None:
    text = json.dumps(result, ensure_ascii=False, indent=2)
    folder = RADICE / "bench" / "risultati"
    folder.mkdir(exist_ok=True)
    (folder / f"{datetime.now(UTC):%Y%m%d-%H%M%S}.json").write_text(text + "\n")
    print(text)


def _say(text: str) -> None:
    print(f"… {text}", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
