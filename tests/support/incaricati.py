"""People at work on a case, each with the assignment and the permission rows that his part brings."""

import pytest

from casi.actions.incarichi import project
from casi.attore import Attore
from casi.models import Caso, Incarico
from catalogo.models import Ente, Operatore
from tests.factories.casi import AmmissioneFactory, CasoFactory, ComponenteFactory, IncaricoFactory, NucleoFactory
from tests.factories.catalogo import AdesioneFactory, OperatoreFactory
from tests.support.attori import attore_for


def incarica(caso: Caso, operatore: Operatore, parte: str = "responsabile") -> Incarico:
    incarico = IncaricoFactory(caso=caso, operatore=operatore, parte=parte, permesso=False)
    project(caso, operatore.utente_id)
    return incarico


def on_case(caso: Caso, parte: str, **dati) -> Attore:
    """Somebody new; `dati` are of the tie, its person (`utente__…`) and its body."""
    operatore = OperatoreFactory(**dati)
    incarica(caso, operatore, parte)
    return attore_for(operatore)


def responsabile(caso: Caso, **dati) -> Attore:
    """The social worker who answers for it."""
    return on_case(caso, "responsabile", ruolo="assistente_sociale", ente=caso.ente_titolare, **dati)


def collega(caso: Caso) -> Attore:
    """Another social worker of the same body."""
    return on_case(caso, "collega", ruolo="assistente_sociale", ente=caso.ente_titolare)


def ammesso(caso: Caso, *ambiti: str, **dati) -> Attore:
    """Of another body, a referent unless `dati` say otherwise, admitted with `ambiti` besides the summary."""
    attore = on_case(caso, "collaboratore", **{"ruolo": "referente", **dati})
    AmmissioneFactory(caso=caso, ente=attore.operatore.ente, ambiti=["sintesi", *ambiti])
    return attore


def volontario(caso: Caso, ente) -> Attore:
    """Of a body that is admitted already."""
    return on_case(caso, "collaboratore", ruolo="volontario_ascolto", ente=ente)


def followed(operatore: Operatore, *persone) -> Caso:
    """A case of the operator's body, he responsible for it, with a household of `persone`."""
    caso = CasoFactory(ente_titolare=operatore.ente, nucleo=NucleoFactory())
    incarica(caso, operatore)
    for persona in persone:
        ComponenteFactory(nucleo=caso.nucleo, persona=persona)
    return caso


@pytest.fixture
def caso() -> Caso:
    return CasoFactory(stato="preso_in_carico")


@pytest.fixture
def capo(caso: Caso) -> Attore:
    return responsabile(caso)


@pytest.fixture
def ente() -> Ente:
    """Another body of the network, on no case yet."""
    return AdesioneFactory().ente
