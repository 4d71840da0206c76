"""What a person's copy says of her and keeps to itself of others: found by reading it as she would."""

from uuid import uuid4

import pytest
from django.urls import reverse

from casi.models import Registro
from casi.selectors.altri import cover
from casi.selectors.rapporto import accesses
from tests.factories.casi import PrimoAscoltoFactory, SegnalazioneFactory
from tests.factories.famiglie import caso_di, persona
from tests.support.incaricati import responsabile

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


@pytest.fixture
def by(caso):
    return responsabile(caso)


def test_report_tells_the_page_of_the_copy_from_the_copy_and_each_once(riservato, confirmed, by, caso, ada):
    """Looking at what could go out, or sending a form with something wrong in it, hands out nothing."""
    confirmed()
    riservato.force_login(by.operatore.utente)
    address, sent = reverse("casi:estratto", args=[caso.pk]), {"persona": ada.pk, "lingua": "it"}
    read, made = "Ha letto i testi per una copia dei dati", "Ha preparato una copia dei dati"
    whole, wrong = {**sent, "identita": "on"}, {**sent, "identita": "on", "persona": uuid4()}
    assert riservato.get(address).status_code == 200
    facts = [read]
    for data, status, fact in ((sent, 422, read), (whole, 200, made), (wrong, 422, read)):
        assert riservato.post(address, data).status_code == status
        facts.insert(0, fact)
        assert [str(each.fatto) for each in accesses(caso.pk)] == facts
    assert Registro.objects.filter(azione="estrarre", esito="negato").count() == 0
