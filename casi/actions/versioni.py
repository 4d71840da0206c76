"""Two people, one record: who saves second is told, and loses nothing."""

from typing import TypeVar

from django.db.models import Model

from casi.errori import Superato

Riga = TypeVar("Riga", bound=Model)


def save_version(riga: Riga, *, letta: int) -> Riga:
    """Check and save `riga` if its `versione` is still the one that was read. Raises Superato, ValidationError.

    Call it inside a transaction in which `riga`, or the case it is of, was read locked: all its columns are written.
    """
    attuale = type(riga)._default_manager.select_for_update().get(pk=riga.pk)
    if attuale.versione != letta:  # type: ignore[attr-defined]
        raise Superato(attuale)
    riga.versione = letta + 1  # type: ignore[attr-defined]
    riga.full_clean()
    riga.save()
    return riga
