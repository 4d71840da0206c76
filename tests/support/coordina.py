"""Who coordinates a network, and acts for it."""

import pytest

from casi.attore import Attore
from catalogo.models import Operatore
from tests.factories.catalogo import AccordoFactory, OperatoreFactory
from tests.support.attori import attore_for


@pytest.fixture
def coordina() -> Operatore:
    return OperatoreFactory(ente=AccordoFactory().capofila, ruolo="coordinatore", in_rete=False)


@pytest.fixture
def by(coordina: Operatore) -> Attore:
    return attore_for(coordina)
