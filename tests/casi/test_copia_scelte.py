"""What a copy proposes to put in, and for whom: nothing where the wrong hands may hold it."""

from datetime import date

import pytest

from casi.models import Componente, NominatoAlSigillo, Residenza
from tests.factories.casi import INIZIO, PrimoAscoltoFactory, RichiestaFactory, VoceFactory
from tests.factories.famiglie import caso_di, persona
from tests.support.incaricati import responsabile

pytestmark = pytest.mark.django_db
AVVISO = "pensa a chi può leggerla"
DI_PRIMA = {"dal": date(2024, 1, 1), "al": date(2024, 12, 31)}


@pytest.fixture
def caso(ada):
    return caso_di(ada)


@pytest.fixture
def testi(caso, riservato, confirmed):
    """A conversation and an ordinary entry, and who answers for the case at the page."""
    me = responsabile(caso).operatore
    confirmed()
    riservato.force_login(me.utente)
    return PrimoAscoltoFactory(caso=caso, operatore=me), VoceFactory(caso=caso, autore=me, livello=3, testo="IL PIANO")


def proposed(riservato, caso) -> tuple[list[str], bool]:
    """The texts that are ticked as the page opens, and whether it warns before them."""
    answer = riservato.get(f"/casi/{caso.pk}/estratto/")
    page, modulo = answer.content.decode(), answer.context["modulo"]
    assert "IL PIANO" in page
    assert page.find(AVVISO) < page.index('name="racconti"')
    return modulo["racconti"].value() + modulo["voci"].value(), AVVISO in page


def test_copy_of_who_lives_alone_and_fears_nobody_proposes_her_texts(riservato, caso, testi):
    assert proposed(riservato, caso) == ([str(each.pk) for each in testi], False)


def test_copy_proposes_nothing_where_another_is_of_the_household_or_has_left_it(riservato, caso, testi):
    """He may ask for it; what she plans is in the diary."""
    lui = Componente.objects.create(nucleo=caso.nucleo, persona=persona(nome="Ugo"), ruolo="coniuge", dal=INIZIO)
    assert proposed(riservato, caso) == ([], False)
    Componente.objects.filter(pk=lui.pk).update(**DI_PRIMA)
    assert proposed(riservato, caso) == ([], True)


def left(caso, ada):
    Componente.objects.filter(persona=ada).update(**DI_PRIMA)


def said_by_her(caso, ada):
    ada.contatto_sicuro = "Solo di mattina"
    ada.save()


def sealed(caso, ada):
    caso.sigillato = True
    caso.save()
    NominatoAlSigillo.objects.create(caso=caso, operatore=caso.incarichi.get().operatore, dal=INIZIO)


def told(caso, ada):
    PrimoAscoltoFactory(
        caso=caso, operatore=caso.incarichi.get().operatore, interlocutore="familiare", contatto_sicuro="Mai di sera"
    )


def asked(caso, ada):
    RichiestaFactory(caso=caso, contatto_sicuro="Mai a casa")


def sheltered(caso, ada):
    Residenza.objects.create(persona=ada, tipo="struttura", dal=INIZIO)


@pytest.mark.parametrize("danger", [left, said_by_her, sealed, told, asked, sheltered])
def test_copy_proposes_nothing_and_warns_where_somebody_may_be_in_danger(riservato, caso, ada, testi, danger):
    danger(caso, ada)
    assert proposed(riservato, caso) == ([], True)
