"""Who merges two records does not learn that one of them is of a case he may not know of."""

import uuid

import pytest

from casi.actions import fusione
from casi.errori import Assente
from casi.models import Fusione
from casi.selectors.fusione import candidate
from tests.factories.casi import CasoFactory, ComponenteFactory, IncompatibilitaFactory, NucleoFactory, PersonaFactory
from tests.support.attori import attore_for
from tests.support.incaricati import followed

pytestmark = pytest.mark.django_db


@pytest.fixture
def due(assistente):
    """A case, its person, and another of the same household with the same name, who is of a second case too."""
    resta, fusa = PersonaFactory(cognome="Canarini"), PersonaFactory(cognome="Kanarini")
    caso = followed(assistente, resta, fusa)
    altro = CasoFactory(ente_titolare=assistente.ente, nucleo=NucleoFactory())
    ComponenteFactory(nucleo=altro.nucleo, persona=fusa)
    return caso, resta, fusa, altro


@pytest.mark.parametrize("nascosto", ["sigillo", "conflitto"])
def test_record_of_a_hidden_case_is_as_absent(riservato, assistente, due, nascosto):
    caso, resta, fusa, altro = due
    by = attore_for(assistente)
    assert candidate(by, resta) == [fusa]  # of a case that is only not followed
    if nascosto == "sigillo":
        altro.sigillato = True
        altro.save()
    else:
        IncompatibilitaFactory(caso=altro, utente=assistente.utente)
    assert candidate(by, resta) == []
    riservato.force_login(assistente.utente)
    here = f"/casi/{caso.pk}/persone/{resta.pk}/unisci/"
    asked = (f"{here}?fusa={fusa.pk}", f"{here}?fusa={uuid.uuid4()}")
    pages = [riservato.get(each).content.decode().split("<main")[1].split("</main>")[0] for each in asked]
    assert pages[0] == pages[1]
    assert "Kanarini" not in pages[0]
    with pytest.raises(Assente):
        fusione.unisci(by=by, caso=caso.pk, tenuta=resta.pk, fusa=fusa.pk)
    assert not Fusione.objects.exists()


def test_words_of_a_refusal_name_no_case(riservato, assistente, due):
    """The record that stays is always there: what is said of it is said of whoever cannot be merged."""
    caso, resta, fusa, altro = due
    altro.sigillato = True
    altro.save()
    riservato.force_login(assistente.utente)
    page = riservato.get(f"/casi/{caso.pk}/persone/{fusa.pk}/unisci/?fusa={resta.pk}").content.decode()
    assert "da qui non si possono unire" in page
    assert "un caso che non segui" not in page
