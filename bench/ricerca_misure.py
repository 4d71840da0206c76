"""The trials of `bench.ricerca`, inside a process that has the database: rebuild, questions, autocomplete."""

import json
import resource
import sys
import time
from collections.abc import Callable

import django
from django.db import connection
from django.test.utils import CaptureQueriesContext

from .tempi import summary, timed

DOMANDE = {
    "una parola": "emporio",
    "due parole": "sportello ascolto",
    "una parola di tutte le schede": "telefona",
    "nome e comune": "mensa borgo 7",
    "scritta male": "lavandria",
    "senza riscontro": "zxqwv",
    "solo alcune parole": "emporio con parcheggio e giardino",
    "vuota": "",
}
INIZI = {"suggerimenti, due lettere": "em", "suggerimenti, una parola": "mensa", "suggerimenti, comune": "borgo 1"}


def indice() -> dict[str, float]:
    """Rebuild from nothing."""
    from search.indice import ricostruisci

    before = _peak()
    start = time.perf_counter()
    rows = ricostruisci()
    first = time.perf_counter() - start
    return {"voci": rows, "secondi": round(first, 1), "memoria_mb": round(_peak() - before)}


def motore() -> dict[str, float]:
    """Fill the indexes of SEARCH_URL, where one is set: the questions then go to it."""
    from django.conf import settings

    from search.motori import allineamento

    start = time.perf_counter()
    for lingua in allineamento.lingue() if settings.SEARCH_URL else []:
        allineamento.ricostruisci(lingua)
    return {"motore_secondi": round(time.perf_counter() - start, 1)}


def _peak() -> float:
    """Megabytes, the most so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def prove() -> dict[str, Callable[[], object]]:
    from search.query import cerca, suggerisci
    from search.tipi import Filtri, Ordine

    found: dict[str, Callable[[], object]] = {
        name: (lambda text=text: cerca(text, lingua="it")) for name, text in DOMANDE.items()
    }
    narrow = Filtri(bisogno=("mangiare",), gratuito=True)
    found["filtrata"] = lambda: cerca("emporio", lingua="it", filtri=narrow)
    found["in ucraino"] = lambda: cerca("їдальня", lingua="uk")
    found["per distanza"] = lambda: cerca(
        "mensa", lingua="it", filtri=Filtri(vicino="900001", ordina=Ordine.DISTANZA), pagina=3
    )
    for name, text in INIZI.items():
        found[name] = lambda text=text: suggerisci(text, lingua="it")
    return found


def domande(rounds: int) -> dict[str, dict[str, float]]:
    trials = prove()
    times: dict[str, list[float]] = {name: [] for name in trials}
    counts = {}
    for name, ask in trials.items():
        ask()
        with CaptureQueriesContext(connection) as queries:
            ask()
        counts[name] = len(queries)
    for _round in range(rounds):
        for name, ask in trials.items():
            with timed(times[name]):
                ask()
    return {name: {**summary(values), "interrogazioni": counts[name]} for name, values in times.items()}


if __name__ == "__main__":
    django.setup()
    asked = {"indice": indice, "motore": motore, "domande": lambda: domande(int(sys.argv[2]))}
    print(json.dumps(asked[sys.argv[1]](), ensure_ascii=False))
