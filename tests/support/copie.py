"""A person's copy, chosen as the page does, without a browser."""

from collections.abc import Iterable
from uuid import UUID

from casi.attore import Attore
from casi.selectors.estratto import Chiesto, Estratto, prepare


def copy_for(attore: Attore, pk: UUID, *, persona: UUID, testi: Iterable[UUID] = (), **asked: bool) -> Estratto:
    """The copy for `persona` of the case `pk`, with `testi`. Raises Assente as `prepare`."""
    made = prepare(attore, pk, lambda _scelta: Chiesto(persona, frozenset(testi), **asked))[1]
    assert made is not None
    return made
