"""Opening a case and reading in it, with one line in the register that says what was shown."""

from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from casi.attore import Attore
from casi.registro import Dettaglio
from casi.ruoli import Azione
from casi.selectors.casi import Aperto, open_and_read

Cosa = TypeVar("Cosa")
PAGE = 20


def read_in(
    attore: Attore, pk: UUID, azione: Azione, read: Callable[[Aperto], tuple[Cosa, Dettaglio] | None]
) -> tuple[Aperto, Cosa]:
    """The case and what `read` finds in it. Raises Assente where the case, the right or the thing is missing.

    Yes or no, one line is written in the same transaction; what cannot be written is not shown.
    """
    return open_and_read(attore, pk, azione, read)
