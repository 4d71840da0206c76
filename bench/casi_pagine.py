"""Whole pages of the reserved process: `python -m bench.casi_pagine GIRI` prints JSON on the database of its role.

Each is asked as a browser does, with the session, the door, the decision, the register and the template; by the same
people as in `casi_misure`, and by the coordinator, whose desk looks at every case of her body. Last, in pairs, a case
that is hidden from who asks and one that there is not: how long the no takes must not tell which (security.md §5, T1).
"""

import json
import sys
import uuid
from collections.abc import Iterator, Mapping, Sequence

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from .casi_misure import people
from .casi_percorsi import COORDINATORE
from .tempi import summary, timed

ELENCO, CASO, LAVORO, BANCO = "pagina dell'elenco", "pagina di un caso", "il mio lavoro", "assegnazioni"
NASCOSTO, ASSENTE, ESTRANEI = "caso che non si vede", "caso che non c'è", "chi non lo vede"
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
    desk = [(_signed_in(office), {LAVORO: "/", BANCO: "/assegnazioni/"})]
    return {**found, COORDINATORE: desk, ESTRANEI: list(_refused())}


def _refused() -> Iterator[Visita]:
    from casi.models import Caso
    from casi.policies import visible_to

    for each in people()["mille"]:
        hidden = Caso.objects.exclude(pk__in=visible_to(each["attore"]).order_by().values("pk")).order_by("pk")[0]
        client = _signed_in(each["attore"].operatore)
        yield client, {NASCOSTO: f"/casi/{hidden.pk}/", ASSENTE: f"/casi/{uuid.UUID(int=0)}/"}


def _signed_in(operatore) -> Client:
    from portal.utenti.secondo_fattore import SESSION_MARK

    client = Client(SERVER_NAME="localhost")
    client.force_login(operatore.utente)
    session = client.session
    session[SESSION_MARK] = str(operatore.utente_id)
    session.save()
    return client


def ask(client: Client, name: str, address: str) -> None:
    response = client.get(address)
    assert response.status_code == (404 if name in (NASCOSTO, ASSENTE) else 200), (address, response.status_code)


def measure(rounds: int) -> dict[str, dict[str, dict[str, float]]]:
    return {name: _measured(group, rounds) for name, group in visits().items()}


def _measured(group: Sequence[Visita], rounds: int) -> dict[str, dict[str, float]]:
    names = list(group[0][1])
    times: dict[str, list[float]] = {name: [] for name in names}
    counts = dict.fromkeys(names, 0)
    for client, pages in group:
        for name, address in pages.items():
            ask(client, name, address)  # not the first time: what a process reads once is no cost of the page
            with CaptureQueriesContext(connection) as queries:
                ask(client, name, address)
            counts[name] = max(counts[name], len(queries))
    for _round in range(rounds):
        for client, pages in group:
            for name, address in pages.items():
                with timed(times[name]):
                    ask(client, name, address)
    return {name: {**summary(values), "interrogazioni": counts[name]} for name, values in times.items()}


if __name__ == "__main__":
    import portal.wsgi  # noqa: F401 (the process as it is served: what it loads, and keeps out of the collector's way)

    print(json.dumps(measure(int(sys.argv[1]))))
