"""The trials of `bench.ricerca`, inside a process that has the database: rebuild, pages of results, autocomplete.

A page is asked as a browser asks it, of the whole site: middleware, words, facets, snippets, templates, counting.
"""

import json
import resource
import sys
import time
from collections.abc import Callable
from functools import partial

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from .ricerca import DOMANDE, SUGGERIMENTI
from .tempi import summary, timed

# Kinds of questions, each apart: the real ones go together.
PAGINE = {
    "una parola": {"q": "emporio"},
    "due parole": {"q": "centro ascolto"},
    "quasi tutte le schede": {"q": "assistente sociale"},
    "nome e Comune": {"q": "mensa cremona"},
    "scritta male": {"q": "lavandria"},
    "senza riscontro": {"q": "zxqwv"},
    "solo alcune parole": {"q": "mio marito mi picchia"},
    "nessuna parola": {},
    "filtrata": {"q": "spesa", "bisogno": "mangiare", "gratuito": "on"},
    "per distanza": {"q": "mensa", "vicino": "098031", "ordina": "distanza", "pagina": "3"},
}
INIZI = {f"{SUGGERIMENTI}, due lettere": "em", f"{SUGGERIMENTI}, una parola": "mensa", f"{SUGGERIMENTI}, Comune": "cre"}


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


def prove() -> dict[str, list[Callable[[], object]]]:
    """By name, what is asked in every round."""
    from tests.search.rilevanza import questions

    found = {DOMANDE: [partial(ask, "/cerca/", q=each.q) for each in questions("it")]}
    found |= {name: [partial(ask, "/cerca/", **words)] for name, words in PAGINE.items()}
    found["in ucraino"] = [partial(ask, "/uk/cerca/", q="їдальня")]
    return found | {name: [partial(ask, "/cerca/suggerimenti/", q=text)] for name, text in INIZI.items()}


def ask(address: str, **words: str) -> None:
    """As a new visitor, who has no cookie."""
    response = Client(SERVER_NAME="localhost").get(address, words)
    assert response.status_code == 200, (address, words, response.status_code)


def domande(rounds: int) -> dict[str, dict[str, float]]:
    trials = prove()
    times: dict[str, list[float]] = {name: [] for name in trials}
    counts = {name: max(map(_queries, each)) for name, each in trials.items()}
    for _round in range(rounds):
        for name, each in trials.items():
            for do in each:
                with timed(times[name]):
                    do()
    return {name: {**summary(values), "interrogazioni": counts[name]} for name, values in times.items()}


def _queries(do: Callable[[], object]) -> int:
    """Not the first time: what is read once per process, or counted once a day, is no cost of the page."""
    do()
    with CaptureQueriesContext(connection) as queries:
        do()
    return len(queries)


if __name__ == "__main__":
    django.setup()
    asked = {"indice": indice, "motore": motore, "domande": lambda: domande(int(sys.argv[2]))}
    print(json.dumps(asked[sys.argv[1]](), ensure_ascii=False))
