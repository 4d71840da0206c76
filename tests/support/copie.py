"""Of whom a copy is, and the copy itself, chosen as the page does, without a browser."""

from collections.abc import Iterable
from uuid import UUID

import pytest

from casi.attore import Attore
from casi.models import Persona
from casi.selectors.estratto import Chiesto, Estratto, prepare
from tests.factories.famiglie import persona as in_a_household


@pytest.fixture
def ada() -> Persona:
    return in_a_household()


def copy_for(attore: Attore, pk: UUID, *, persona: UUID, testi: Iterable[UUID] = (), **asked: bool) -> Estratto:
    """The copy for `persona` of the case `pk`, with `testi`. Raises Assente as `prepare`."""
    made = prepare(attore, pk, lambda _scelta: Chiesto(persona, frozenset(testi), **asked))[1]
    assert made is not None
    return made
