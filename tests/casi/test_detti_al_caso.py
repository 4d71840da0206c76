"""What the report tells the person of acts on her case by who could not open it, or that would tell what is hidden."""

import pytest

from casi import policies
from casi.ruoli import Azione
from casi.selectors.fusione import candidate
from casi.selectors.rapporto import accesses
from tests.factories.casi import CasoFactory, ComponenteFactory, NucleoFactory, PersonaFactory
from tests.support.attori import attore_for
from tests.support.incaricati import followed

pytestmark = pytest.mark.django_db


def told(caso) -> list[str]:
    return [str(each.fatto) for each in accesses(caso.pk)]


def test_who_looks_for_records_alike_has_opened_no_case(assistente):
    resta, fusa = PersonaFactory(), PersonaFactory()
    caso = followed(assistente, resta, fusa)
    altro = CasoFactory(ente_titolare=assistente.ente, nucleo=NucleoFactory())
    ComponenteFactory(nucleo=altro.nucleo, persona=fusa)
    by = attore_for(assistente)
    candidate(by, resta)
    assert not policies.may(by, Azione.VEDERE_CASO, altro)
    assert told(altro) == told(caso) == ["Ha cercato schede uguali"]
