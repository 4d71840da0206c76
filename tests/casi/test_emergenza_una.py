"""One emergency at a time: opening another ends the one before, and the form says so."""

import pytest
from django.urls import reverse

from casi import policies
from casi.actions import emergenza
from casi.models import AccessoEmergenza, Registro
from casi.registro import FINE
from casi.ruoli import LETTURA_IN_EMERGENZA
from tests.factories.catalogo import OperatoreFactory
from tests.factories.famiglie import caso_di, persona
from tests.support.attese import while_waiting
from tests.support.attori import attore_for

pytestmark = pytest.mark.django_db
MOTIVO = "Una persona rischia di restare senza un tetto stanotte."


@pytest.fixture
def chi(db):
    return attore_for(OperatoreFactory(ruolo="assistente_sociale"))


@pytest.fixture
def casi(db):
    return caso_di(persona()), caso_di(persona(nome="Lea"))


def apri(chi, caso):
    return emergenza.open_case(by=chi, codice_motivo="notte", motivo=MOTIVO, numero=caso.numero)


def ends() -> list:
    return list(Registro.objects.filter(finalita=FINE).values_list("oggetto_id", flat=True))


def test_second_case_ends_the_first_whose_end_is_registered_and_whose_review_stays(chi, casi):
    first, second = casi
    before = apri(chi, first)
    after = apri(chi, second)
    assert (policies.azioni_su(chi, first.pk), policies.azioni_su(chi, second.pk)) == (set(), LETTURA_IN_EMERGENZA)
    assert ends() == [before.pk]
    before.refresh_from_db()
    assert before.inizio <= before.chiuso_il <= after.inizio
    assert AccessoEmergenza.objects.filter(esaminato_il__isnull=True).count() == 2
    assert apri(chi, second) == after, "the same case again ends nothing"
    assert len(ends()) == 1


def test_case_that_cannot_be_opened_ends_nothing(chi, casi):
    before = apri(chi, casi[0])
    assert emergenza.open_case(by=chi, codice_motivo="notte", motivo=MOTIVO, numero="C-000000") is None
    before.refresh_from_db()
    assert before.chiuso_il is None


def test_another_tie_of_the_same_person_is_the_same_person_and_a_colleague_is_not(chi, casi):
    first, second = casi
    colleague = attore_for(OperatoreFactory(ruolo="assistente_sociale", ente=chi.operatore.ente))
    hers = apri(colleague, first)
    before = apri(chi, first)
    apri(attore_for(OperatoreFactory(ruolo="assistente_sociale", utente=chi.operatore.utente)), second)
    assert ends() == [before.pk]
    hers.refresh_from_db()
    assert hers.chiuso_il is None


@pytest.mark.django_db(transaction=True)
def test_two_cases_in_the_same_moment_leave_one_open(chi, casi):
    first, second = casi
    raised = while_waiting(lambda: apri(chi, first), lambda: apri(chi, second))
    assert raised is None
    assert AccessoEmergenza.objects.get(chiuso_il=None).caso == second


def test_form_says_by_number_which_one_it_ends(riservato, confirmed, chi, casi):
    confirmed()
    riservato.force_login(chi.operatore.utente)
    address = reverse("casi:emergenza")
    assert "Chiude quella" not in riservato.get(address).content.decode()
    apri(chi, casi[0])
    assert f"Chiude quella su {casi[0].numero}" in riservato.get(address).content.decode()
