"""Health: `viva` says the process answers, `pronta` that it can do its work."""

from functools import cache

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, ProgrammingError
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse, JsonResponse


def answer_health(path: str) -> HttpResponse | None:
    """The answer for a health address, None for any other path."""
    if path == "/salute/viva":
        return _told({"stato": "viva"})
    if path == "/salute/pronta":
        return _ready()
    return None


def _ready() -> HttpResponse:
    problems = _problems()
    body: dict[str, object] = {"stato": "non pronta", "problemi": problems} if problems else {"stato": "pronta"}
    return _told(body, status=503 if problems else 200)


def _told(body: dict[str, object], status: int = 200) -> HttpResponse:
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})


def _problems() -> list[str]:
    """What keeps this process from working, from one question to the database."""
    try:
        applied = set(MigrationRecorder.Migration.objects.values_list("app", "name"))
    except ProgrammingError:  # it answers, but nobody has migrated it yet
        return ["migrazioni"]
    except (DatabaseError, ImproperlyConfigured):
        return ["database", "migrazioni"]
    missing = [name for name, replaced in _wanted() if name not in applied and not (replaced and replaced <= applied)]
    return ["migrazioni"] if missing else []


@cache
def _wanted() -> list[tuple[tuple[str, str], set[tuple[str, str]]]]:
    """Each migration of this code with those it replaces; read once, the files of a running process do not change."""
    nodes = MigrationLoader(None).graph.nodes
    return [(name, set(migration.replaces)) for name, migration in nodes.items()]
