"""That somebody is followed at all is not told to who is kept out of all her cases: by a seal, or too close to her."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casi.models import Caso, Incompatibilita, NominatoAlSigillo, Registro
from casi.selectors.doppioni import somiglianti
from casi.selectors.identita import Identita
from tests.factories.casi import PersonaFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.domande import counting
from tests.support.incaricati import followed

pytestmark = pytest.mark.django_db
LEI = Identita("Canarini", "Ada")


@pytest.fixture
def sociale():
    return OperatoreFactory(ruolo="assistente_sociale")


@pytest.fixture
def suo():
    """Her case, at another body of the network."""
    return followed(OperatoreFactory(ruolo="assistente_sociale"), PersonaFactory(cognome="Canarini", nome="Ada"))


def test_double_in_a_sealed_case_is_told_to_who_is_on_its_list_alone(sociale, suo):
    assert somiglianti(attore_for(sociale), LEI).ce
    Caso.objects.filter(pk=suo.pk).update(sigillato=True)
    told = somiglianti(attore_for(sociale), LEI)
    assert (told.ce, told.casi, told.toccati) == (False, [], [suo.pk])
    assert Registro.objects.filter(casi=[suo.pk]).count() == 2, "whom he asked about is in the register all the same"
    NominatoAlSigillo.objects.create(caso=suo, operatore=sociale, dal=timezone.localdate())
    assert somiglianti(attore_for(sociale), LEI).ce


def test_double_in_a_case_one_is_too_close_to_is_not_told(sociale, suo):
    yesterday = timezone.localdate() - timedelta(days=1)
    Incompatibilita.objects.create(
        caso=suo, utente=sociale.utente, dal=yesterday, origine="dichiarata", motivo="parente"
    )
    assert not somiglianti(attore_for(sociale), LEI).ce


def test_double_with_another_case_or_none_is_told(sociale, suo):
    Caso.objects.filter(pk=suo.pk).update(sigillato=True)
    followed(OperatoreFactory(ruolo="assistente_sociale"), suo.nucleo.componenti.get().persona)
    assert somiglianti(attore_for(sociale), LEI).ce
    Caso.objects.all().update(sigillato=True)
    assert not somiglianti(attore_for(sociale), LEI).ce
    PersonaFactory(cognome="Canarini", nome="Ada")  # of no case at all
    assert somiglianti(attore_for(sociale), LEI).ce


def test_work_is_the_same_whatever_is_told(sociale, suo):
    with counting() as questions:
        somiglianti(attore_for(sociale), LEI)
    Caso.objects.filter(pk=suo.pk).update(sigillato=True)
    with counting() as others:
        somiglianti(attore_for(sociale), LEI)
    assert len(questions) == len(others) > 0
