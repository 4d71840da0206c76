"""Health: `viva` says the process answers, `pronta` that it can do its work."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from shutil import disk_usage

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, ProgrammingError
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.http import HttpResponse, JsonResponse
from django.utils.module_loading import import_string

LIBERO = 0.10  # of the disk, at least


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


def disco() -> bool:
    """Whether there is room where the data are; where they will be, before the first of them."""
    folder = Path(settings.DATI_DIR)
    used = disk_usage(next(each for each in (folder, *folder.parents) if each.exists()))
    return used.free >= used.total * LIBERO


def _problems() -> list[str]:
    """What keeps this process from working: a word for each thing, and nothing of why."""
    checks = {name.rpartition(".")[2]: import_string(name) for name in settings.PRONTA}
    return _of_the_database() or [word for word, holds in checks.items() if not _answered(holds)]


def _answered(holds: Callable[[], bool]) -> bool:
    try:
        return holds()
    except (DatabaseError, OSError):
        return False


def _of_the_database() -> list[str]:
    """From one question."""
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
