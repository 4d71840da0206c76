"""The same search on PostgreSQL, Elasticsearch and OpenSearch.

`make servizi` starts a server and puts its address in SERVIZIO_RICERCA, or its mere name where it cannot: then what
needs it is skipped by name. PostgreSQL's turn needs nothing, so `make test` takes it too.
"""

import os
from collections.abc import Callable, Iterator

import pytest

from search import indice as rows
from search.motori import allineamento, cluster
from search.motori.interruttore import Interruttore
from search.query import cerca
from search.tipi import Filtri

GIVEN = os.environ.get("SERVIZIO_RICERCA", "")
ADDRESS = GIVEN if "://" in GIVEN else ""
SERVER = GIVEN.partition(":")[0] or "un motore di ricerca"
Indicizza = Callable[[], None]
MISSING = f"manca {SERVER}: lo accende «make servizi», che dice anche che cosa serve"


def titoli(testo: str, lingua: str = "it", **filtri: object) -> list[str]:
    return [riga.titolo for riga in cerca(testo, lingua=lingua, filtri=Filtri(**filtri)).righe]


@pytest.fixture(autouse=True)
def own_breaker(monkeypatch: pytest.MonkeyPatch) -> Interruttore:
    """No test inherits the failures of another."""
    made = Interruttore()
    monkeypatch.setattr(cluster, "interruttore", made)
    return made


@pytest.fixture
def server(db, settings, monkeypatch: pytest.MonkeyPatch) -> str:
    """A real server, with indexes of the tests' own, as full as the test's database: empty."""
    if not ADDRESS:
        pytest.skip(MISSING)
    monkeypatch.setattr(cluster, "PREFISSO", "prove")
    settings.SEARCH_URL = ADDRESS
    for lingua in allineamento.lingue():
        allineamento.ripara(lingua)
    return ADDRESS


@pytest.fixture(params=["postgresql", pytest.param("server", marks=pytest.mark.servizi)])
def motore(request: pytest.FixtureRequest, db) -> str:
    """Each engine in turn."""
    if request.param == "server":
        request.getfixturevalue("server")
    return request.param


@pytest.fixture
def indicizza(motore: str) -> Indicizza:
    """Bring the pages that the test made to the engine."""

    def bring() -> None:
        rows.ricostruisci()
        if motore == "server":
            for lingua in allineamento.lingue():
                allineamento.ripara(lingua)

    return bring


@pytest.fixture(scope="session", autouse=True)
def nothing_left() -> Iterator[None]:
    """The tests' indexes go when the last test is over."""
    yield
    if ADDRESS:
        from search.motori.collegamento import _collegamento

        link = _collegamento(ADDRESS, 20.0)
        for name in list(link.es.indices.get(index="prove_*")):
            link.es.indices.delete(index=name)
