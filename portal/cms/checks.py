"""What `migrate` and `check --database default` say of the database itself."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register
from django.db import connections


@register(Tags.database)
def names_are_in_italian_order(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Lists of bodies and municipalities trust the database to know the alphabet."""
    return [] if all(_knows_accents(alias) for alias in databases or ()) else [ORDINE]


def _knows_accents(alias: str) -> bool:
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT 'à' < 'b' AND 'B' > 'a'")
        return bool(cursor.fetchone()[0])


ORDINE = Warning(
    "La banca dati non mette i nomi in ordine alfabetico: «Àncora» viene dopo «Zattera».",
    hint="Creala con LOCALE_PROVIDER icu e ICU_LOCALE 'it', come dice docs/esercizio.md.",
    id="cms.W001",
)
