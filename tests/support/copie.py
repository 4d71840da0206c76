"""Of whom a copy is, and the copy itself, chosen as the page does, without a browser."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid5

import pytest

from casi.attore import Attore
from casi.forms.estratto import TESTI
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


def reread(persona: Persona, sent: Mapping[str, Any]) -> str:
    """What the page sends when it has told how many texts, of those `sent`, go to `persona`, and that is right."""
    texts = (str(key) for name in TESTI for key in sent.get(name, ()))
    return str(uuid5(persona.pk, " ".join(sorted(texts))))
