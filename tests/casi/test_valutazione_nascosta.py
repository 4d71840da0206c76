"""That an assessment was concluded is not told to whom it is hidden from; the case goes on all the same."""

import pytest

from casi.actions.oscuramenti import hide
from casi.ruoli import Azione
from casi.selectors import testata
from casi.selectors.assegnazioni import assegnazioni
from casi.selectors.casi import open_caso
from casi.selectors.lavoro import lavoro
from tests.casi.test_oscuramenti import valutazione
from tests.factories.casi import CasoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import collega, responsabile

pytestmark = pytest.mark.django_db


@pytest.fixture
def caso():
    return CasoFactory(stato="in_valutazione")


def words(riservato, attore, caso) -> tuple[str, bool]:
    """Whose turn it is, and whether the page offers to write an assessment."""
    riservato.force_login(attore.operatore.utente)
    page = riservato.get(f"/casi/{caso.pk}/").content.decode()
    return testata.testata_caso(
        open_caso(attore, caso.pk, Azione.VEDERE_CASO)
    ).attesa, f"{caso.pk}/valutazione/scrivi" in page


def test_hidden_assessment_is_told_by_the_head_and_the_desk_to_its_author_alone(riservato, caso):
    chi, autore, terza = responsabile(caso), collega(caso), collega(caso)
    none = words(riservato, terza, caso)
    row = valutazione(caso, autore)
    done = words(riservato, terza, caso)
    assert none != done
    assert lavoro(terza).in_attesa
    hide(by=chi, caso=caso.pk, cosa="valutazione", pk=row.pk, chiesto_dalla_persona=True)
    assert words(riservato, terza, caso) == words(riservato, chi, caso) == none
    assert words(riservato, autore, caso) == done
    assert (bool(lavoro(terza).in_attesa), bool(lavoro(autore).in_attesa)) == (False, True)


def test_who_assigns_a_case_does_not_wait_for_an_assessment_that_is_hidden(caso):
    chi, autore = responsabile(caso), collega(caso)
    coordina = attore_for(OperatoreFactory(ente=caso.ente_titolare, ruolo="coordinatore"))
    row = valutazione(caso, autore)
    hide(by=chi, caso=caso.pk, cosa="valutazione", pk=row.pk, chiesto_dalla_persona=True)
    found = assegnazioni(coordina)
    assert [each.valutata for nome in ("da_assegnare", "in_attesa", "in_carico") for each in found.di(nome)] == [True]
