"""Who watches over the accesses, and somebody who works and is watched."""

import pytest

from catalogo.models import Operatore
from tests.factories.catalogo import OperatoreFactory


@pytest.fixture
def dpo() -> Operatore:
    return OperatoreFactory(ruolo="responsabile_privacy", ente__nome="Comune di Prova")


@pytest.fixture
def altro() -> Operatore:
    return OperatoreFactory(ruolo="assistente_sociale", utente__first_name="Vera", utente__last_name="Lavora")
