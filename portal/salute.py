"""Health: `viva` says the process answers, `pronta` that it can do its work."""

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse

UNUSABLE = (DatabaseError, ImproperlyConfigured)


def answer_health(path: str) -> HttpResponse | None:
    """The answer for a health address, None for any other path."""
    if path == "/salute/viva":
        return _told({"stato": "viva"})
    if path == "/salute/pronta":
        return _ready()
    return None


def _ready() -> HttpResponse:
    problems = [name for name, probe in {"database": _database, "migrazioni": _migrations}.items() if not probe()]
    body: dict[str, object] = {"stato": "non pronta", "problemi": problems} if problems else {"stato": "pronta"}
    return _told(body, status=503 if problems else 200)


def _told(body: dict[str, object], status: int = 200) -> HttpResponse:
    return JsonResponse(body, status=status, headers={"Cache-Control": "no-store"})


def _database() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except UNUSABLE:
        return False
    return True


def _migrations() -> bool:
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except UNUSABLE:
        return False
