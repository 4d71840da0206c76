"""Leniency turned into failures: what production would forgive once and regret later stops a test.

- no socket beyond this machine (pytest-socket; the database is on loopback), see addopts in pyproject.toml;
- warnings are errors, Django's UnorderedObjectListWarning among them, see filterwarnings in pyproject.toml;
- a variable that nobody gave a template of ours fails (`support.templates`);
- unordered querysets come shuffled, and may not be sliced (`support.querysets`);
- the client refuses pages with inline code or leftover template tags (`support.html`);
- `on_commit` callbacks run (`support.on_commit`);
- django-zeal, a middleware of the test settings, fails a request that asks the same thing row by row.
"""

import gc
import socket
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.template import engines
from django.utils import translation
from wagtail.models import Locale

from tests.support import on_commit, querysets
from tests.support.html import StrictClient
from tests.support.postino import by_smtp
from tests.support.templates import Strict

pytest_plugins = ["tests.database", "tests.support.demo"]


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the garbage collector need not look at it again after each test."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(autouse=True)
def strictness(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines["django"].engine, "string_if_invalid", Strict())
    querysets.install(monkeypatch)
    on_commit.install(monkeypatch)


@pytest.fixture(autouse=True)
def clean_slate():
    """Every test starts in Italian and without what another one left in the cache."""
    cache.clear()
    with translation.override("it"):
        yield
    cache.clear()


@pytest.fixture
def client() -> StrictClient:
    return StrictClient()


@pytest.fixture
def italiano(db) -> Locale:
    return Locale.objects.get(language_code="it")


@pytest.fixture
def inglese(db) -> Locale:
    return Locale.objects.get(language_code="en")


@pytest.fixture
def compiti(settings) -> None:
    """Background tasks (search index, references) run at once instead of waiting for a worker."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}


@pytest.fixture
def no_mail(settings) -> Iterator[None]:
    """The mail goes to a port that nobody listens on."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        by_smtp(settings, taken.getsockname()[1])
        yield
