"""The search server refuses, swallows, drips, answers nonsense: people find all the same, and editors go on saving."""

import time
from collections.abc import Iterator
from contextlib import AbstractContextManager

import pytest

from catalogo.models import ServizioPage
from search import indice, seguito
from search.motori import allineamento
from search.motori.interruttore import Interruttore
from search.query import cerca
from tests.factories.catalogo import ServizioPageFactory
from tests.support import silenzi

SILENZI: dict[str, AbstractContextManager[int]] = {}
KINDS = ["rifiuta", "inghiotte", "goccia", *silenzi.BODIES]

pytestmark = pytest.mark.servizi  # each waits for a deadline or two


@pytest.fixture(params=KINDS)
def guasto(request: pytest.FixtureRequest, db, settings) -> Iterator[str]:
    """SEARCH_URL points to a server that misbehaves in one way."""
    kind = request.param
    made = getattr(silenzi, kind)() if kind in {"rifiuta", "inghiotte"} else silenzi.risponde(kind)
    with made as port:
        settings.SEARCH_URL = f"elasticsearch://{silenzi.ADDRESS}:{port}"
        yield kind


@pytest.fixture
def emporio(db) -> ServizioPage:
    page = ServizioPageFactory(title="Emporio di prova")
    indice.ricostruisci()
    return page


def test_results_come_from_postgresql_within_three_seconds(emporio, guasto: str, own_breaker: Interruttore):
    start = time.monotonic()
    found = cerca("emporio", lingua="it")
    assert silenzi.durata(start) < 3
    assert [riga.titolo for riga in found.righe] == ["Emporio di prova"]
    assert found.ripiego


def test_after_two_failures_nobody_waits_any_more(emporio, guasto: str, own_breaker: Interruttore):
    cerca("emporio", lingua="it")
    cerca("emporio", lingua="it")
    assert own_breaker.aperto
    start = time.monotonic()
    assert cerca("emporio", lingua="it").ripiego
    assert silenzi.durata(start) < 0.5


def test_page_is_saved_at_once(emporio, guasto: str, settings):
    settings.INDICE_SUBITO = 50
    emporio.title = "Emporio rinnovato"
    start = time.monotonic()
    emporio.save_revision().publish()
    assert silenzi.durata(start) < 3
    assert [riga.titolo for riga in cerca("rinnovato", lingua="it").righe] == ["Emporio rinnovato"]


def test_page_of_results_is_served(client, emporio, guasto: str):
    start = time.monotonic()
    assert client.get("/cerca/", {"q": "emporio"}).status_code == 200
    assert silenzi.durata(start) < 3


def test_worker_queues_one_comparison_for_later(emporio, settings, monkeypatch: pytest.MonkeyPatch):
    queued: list[str] = []
    monkeypatch.setattr(seguito, "piu_tardi", lambda: queued.append("riallinea"))
    with silenzi.rifiuta() as port:
        settings.SEARCH_URL = f"opensearch://{silenzi.ADDRESS}:{port}"
        seguito.porta.call([str(emporio.translation_key)])
        seguito.riallinea.call()
    assert queued == ["riallinea", "riallinea"]


def test_comparison_waits_once_in_the_queue(db, settings):
    from django_tasks_db.models import DBTaskResult

    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    seguito.piu_tardi()
    seguito.piu_tardi()
    assert DBTaskResult.objects.filter(task_path=seguito.riallinea.module_path).count() == 1


def test_index_catches_up_when_the_server_is_back(emporio, server: str, settings, monkeypatch: pytest.MonkeyPatch):
    with silenzi.rifiuta() as port:
        settings.SEARCH_URL = f"elasticsearch://{silenzi.ADDRESS}:{port}"
        page = ServizioPageFactory(title="Nata nel silenzio")
        indice.ricostruisci()
        monkeypatch.setattr(seguito, "piu_tardi", lambda: None)
        seguito.porta.call([str(page.translation_key)])
    settings.SEARCH_URL = server
    assert allineamento.confronta("it")
    seguito.riallinea.call()
    assert not allineamento.confronta("it")
    found = cerca("silenzio", lingua="it")
    assert [riga.titolo for riga in found.righe] == ["Nata nel silenzio"]
    assert not found.ripiego
