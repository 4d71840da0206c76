"""Whole pages of the reserved process: `python -m bench.casi_pagine GIRI` prints JSON on the database of its role.

Each is asked as a browser does, with the session, the door, the decision, the register and the template; by the same
people as in `casi_misure`, and by the coordinator, whose desk looks at every case of her body.
"""

import json
import sys
from collections.abc import Mapping, Sequence

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from .casi_misure import people
from .casi_percorsi import COORDINATORE
from .tempi import summary, timed

ELENCO, CASO, LAVORO, BANCO = "pagina dell'elenco", "pagina di un caso", "il mio lavoro", "assegnazioni"
Visita = tuple[Client, Mapping[str, str]]  # somebody signed in, and the address of each page to ask for


def visits() -> dict[str, list[Visita]]:
    """By how many cases they see; the coordinator sees none, and has the desk."""
    from catalogo.models import Operatore

    found = {
        name: [
            (_signed_in(each["attore"].operatore), {ELENCO: "/casi/", CASO: f"/casi/{each['caso']}/", LAVORO: "/"})
            for each in group
        ]
        for name, group in people().items()
    }
    office = Operatore.objects.select_related("utente").get(ruolo=COORDINATORE)
    return {**found, COORDINATORE: [(_signed_in(office), {LAVORO: "/", BANCO: "/assegnazioni/"})]}


def _signed_in(operatore) -> Client:
    from portal.utenti.secondo_fattore import SESSION_MARK

    client = Client(SERVER_NAME="localhost")
    client.force_login(operatore.utente)
    session = client.session
    session[SESSION_MARK] = str(operatore.utente_id)
    session.save()
    return client


def ask(client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)


def measure(rounds: int) -> dict[str, dict[str, dict[str, float]]]:
    return {name: _measured(group, rounds) for name, group in visits().items()}


def _measured(group: Sequence[Visita], rounds: int) -> dict[str, dict[str, float]]:
    names = list(group[0][1])
    times: dict[str, list[float]] = {name: [] for name in names}
    counts = dict.fromkeys(names, 0)
    for client, pages in group:
        for name, address in pages.items():
            ask(client, address)  # not the first time: what a process reads once is no cost of the page
            with CaptureQueriesContext(connection) as queries:
                ask(client, address)
            counts[name] = max(counts[name], len(queries))
    for _round in range(rounds):
        for client, pages in group:
            for name, address in pages.items():
                with timed(times[name]):
                    ask(client, address)
    return {name: {**summary(values), "interrogazioni": counts[name]} for name, values in times.items()}


if __name__ == "__main__":
    import portal.wsgi  # noqa: F401 (the process as it is served: what it loads, and keeps out of the collector's way)

    print(json.dumps(measure(int(sys.argv[1]))))
