"""What a person's copy says of her and keeps to itself of others: found by reading it as she would."""

import pytest

from casi.selectors.altri import cover
from tests.factories.casi import PrimoAscoltoFactory, SegnalazioneFactory
from tests.factories.famiglie import caso_di, persona

pytestmark = pytest.mark.django_db
COPERTO = "[altra persona]"


@pytest.fixture
def ada():
    return persona()


@pytest.fixture
def caso(ada):
    return caso_di(ada)


@pytest.mark.parametrize(
    ("nome", "text", "left"),
    [
        ("carmela bianchi", "Ha richiamato Carmela Bianchi, poi carmela.", "Ha richiamato * *, poi *."),
        ("Yu wu", "Yu e WU: li ho visti.", "* e *: li ho visti."),
        ("ugo", "Ugo ha detto ugo.", "* ha detto ugo."),
    ],
)
def test_who_told_of_her_is_covered_however_the_name_was_typed(caso, ada, nome, text, left):
    """In the field of a name every word is one: people write on a telephone, all in small letters."""
    assert cover(caso, ada)(text) == text
    SegnalazioneFactory(caso=caso, ente=caso.ente_titolare, segnalante=nome)
    assert cover(caso, ada)(text) == left.replace("*", COPERTO)
    caso.segnalazione_set.all().delete()
    PrimoAscoltoFactory(caso=caso, nome=nome)
    assert cover(caso, ada)(text) == left.replace("*", COPERTO)
