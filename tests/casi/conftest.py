from collections.abc import Iterator

import pytest

from tests.support.conferme import confirmed
from tests.support.coordina import by, coordina
from tests.support.copie import ada
from tests.support.incaricati import capo, caso, ente
from tests.support.portachiavi import keys
from tests.support.processi import act_as, riservato
from tests.support.scarti import assistente, chiuso, coordinatrice
from tests.support.undone import undone
from tests.support.vigilanza import altro, dpo

from .canarini import Orecchio
from .scena import Scena, build

__all__ = [
    "act_as",
    "ada",
    "altro",
    "assistente",
    "by",
    "capo",
    "caso",
    "chiuso",
    "confirmed",
    "coordina",
    "coordinatrice",
    "dpo",
    "ente",
    "keys",
    "riservato",
]


@pytest.fixture(scope="module")
def scena(django_db_setup, django_db_blocker) -> Iterator[Scena]:
    """The network of the matrix, built once for a module and taken away after it. Tests that write ask for `punto`."""
    with django_db_blocker.unblock(), undone():
        yield build()


@pytest.fixture
def punto(scena) -> Iterator[None]:
    """What this test writes is gone after it, and the scene stays."""
    with undone():
        yield


@pytest.fixture
def orecchio(monkeypatch) -> Iterator[Orecchio]:
    yield from Orecchio().listen(monkeypatch)
