"""Who merges two records does not learn that one of them is of a case he may not know of."""

import uuid

import pytest

from casi.actions import fusione
from casi.errori import Assente, Impossibile
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


@pytest.fixture
def lontano(assistente, due):
    """The same, but that the other lives elsewhere, in a second case that is followed; and a third."""
    _caso, _resta, fusa, altro = due
    fusa.appartenenze.all().delete()
    followed(assistente, fusa)
    ComponenteFactory(nucleo=altro.nucleo, persona=fusa)
    return due


def nascondi(altro, assistente, come):
    if come == "sigillo":
        altro.sigillato = True
        altro.save()
    else:
        IncompatibilitaFactory(caso=altro, utente=assistente.utente)


def pagina(riservato, caso, resta, fusa):
    page = riservato.get(f"/casi/{caso.pk}/persone/{resta.pk}/unisci/?fusa={fusa}")
    return page.content.decode().split("<main")[1].split("</main>")[0]


def rifiuto(by, caso, resta, fusa):
    with pytest.raises(Impossibile) as refused:
        fusione.unisci(by=by, caso=caso.pk, tenuta=resta.pk, fusa=fusa.pk)
    return str(refused.value)


@pytest.mark.parametrize("come", ["sigillo", "conflitto"])
def test_record_found_elsewhere_of_a_hidden_case_is_as_absent(riservato, assistente, lontano, come):
    caso, resta, fusa, altro = lontano
    by = attore_for(assistente)
    assert candidate(by, resta) == [fusa]  # of a case that is only not followed
    nascondi(altro, assistente, come)
    assert candidate(by, resta) == []
    riservato.force_login(assistente.utente)
    page = pagina(riservato, caso, resta, fusa.pk)
    assert page == pagina(riservato, caso, resta, uuid.uuid4())
    assert "Kanarini" not in page
    with pytest.raises(Assente):
        fusione.unisci(by=by, caso=caso.pk, tenuta=resta.pk, fusa=fusa.pk)
    assert not Fusione.objects.exists()


@pytest.mark.parametrize("come", ["sigillo", "conflitto"])
def test_member_of_the_same_household_is_refused_as_of_a_case_only_not_followed(riservato, assistente, due, come):
    """She is on the case's page: were she missing among those to choose, it would tell why."""
    caso, resta, fusa, altro = due
    by = attore_for(assistente)
    riservato.force_login(assistente.utente)
    before = candidate(by, resta), pagina(riservato, caso, resta, fusa.pk), rifiuto(by, caso, resta, fusa)
    nascondi(altro, assistente, come)
    assert before == (candidate(by, resta), pagina(riservato, caso, resta, fusa.pk), rifiuto(by, caso, resta, fusa))
    assert before[0] == [fusa]
    assert "da qui non si possono unire" in before[1]
    assert not Fusione.objects.exists()


def test_household_shared_only_in_a_case_not_followed_is_another(assistente, lontano):
    _caso, resta, _fusa, altro = lontano
    ComponenteFactory(nucleo=altro.nucleo, persona=resta)
    nascondi(altro, assistente, "sigillo")
    assert candidate(attore_for(assistente), resta) == []


def test_words_of_a_refusal_name_no_case(riservato, assistente, due):
    """The record that stays is always there: what is said of it is said of whoever cannot be merged."""
    caso, resta, fusa, altro = due
    altro.sigillato = True
    altro.save()
    riservato.force_login(assistente.utente)
    page = riservato.get(f"/casi/{caso.pk}/persone/{fusa.pk}/unisci/?fusa={resta.pk}").content.decode()
    assert "da qui non si possono unire" in page
    assert "un caso che non segui" not in page
