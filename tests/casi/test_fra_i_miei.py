"""Looking for a case among those one follows: by POST, by how a number or a name one may see begins, on record."""

import pytest
from django.urls import reverse

from casi.models import Caso, Registro
from casi.selectors.fra_i_miei import fra_i_miei
from tests.factories.casi import PersonaFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.domande import at_most
from tests.support.incaricati import ammesso, followed

pytestmark = pytest.mark.django_db


@pytest.fixture
def assistente():
    return OperatoreFactory(ruolo="assistente_sociale")


@pytest.fixture
def due(assistente):
    return followed(assistente, PersonaFactory(cognome="D'Élia", nome="Nora")), followed(assistente, PersonaFactory())


def found(operatore, cercato: str) -> list:
    return [riga.caso for riga in fra_i_miei(attore_for(operatore), cercato).righe]


@pytest.mark.parametrize("cercato", ["d'el", "NORA", "nora delia", "nor d'é"])
def test_case_is_found_by_the_beginning_of_each_word_whatever_the_spelling(assistente, due, cercato):
    assert found(assistente, cercato) == [due[0]]


def test_case_is_found_by_its_number_and_nothing_by_the_middle_of_a_name(assistente, due):
    assert found(assistente, due[1].numero) == found(assistente, due[1].numero.removeprefix("C-").lower()) == [due[1]]
    assert found(assistente, "elia") == found(assistente, "nora rossi") == []


def test_nobody_finds_a_case_that_is_not_his_nor_a_name_he_may_not_see(due):
    stranger = OperatoreFactory(ente=due[0].ente_titolare, ruolo="assistente_sociale")
    assert found(stranger, "nora") == found(stranger, due[0].numero) == []
    due[0].stato = "preso_in_carico"
    due[0].save()
    summary, contacts = ammesso(due[0]).operatore, ammesso(due[0], "contatti").operatore
    assert (found(summary, "nora"), found(summary, due[0].numero)) == ([], [due[0]])
    assert found(contacts, "nora") == [due[0]]


def test_which_cases_were_found_is_in_the_register_and_what_was_typed_is_not(riservato, assistente, due):
    riservato.force_login(assistente.utente)
    page = riservato.post(reverse("casi:elenco"), {"cerca": " nora "}).content.decode()
    assert (due[0].numero in page, due[1].numero in page, 'value="nora"' in page) == (True, False, True)
    line = Registro.objects.latest("pk")
    assert (line.azione, line.casi, line.risultati, line.finalita) == ("elencare_casi", [due[0].pk], 1, "")
    assert "comincia così" in riservato.post(reverse("casi:elenco"), {"cerca": "zzz"}).content.decode()
    assert due[1].numero in riservato.post(reverse("casi:elenco"), {"cerca": " "}, follow=True).content.decode()


def test_looking_asks_as_much_with_one_case_as_with_many(assistente, due):
    by = attore_for(assistente)
    with at_most(8):
        fra_i_miei(by, "nora")
    for _each in range(5):
        followed(assistente, PersonaFactory(nome="Nora"))
    with at_most(8):
        assert len(fra_i_miei(by, "nora").righe) == 6


def test_name_and_filters_go_together_and_filters_alone_are_in_the_address(riservato, assistente, due):
    """What was typed is not lost for having chosen a state; no name is ever in an address."""
    riservato.force_login(assistente.utente)
    answer = riservato.post(reverse("casi:elenco"), {"cerca": " ", "stato": "sospeso", "urgenti": "1"})
    assert answer["Location"] == f"{reverse('casi:elenco')}?stato=sospeso&urgenti=1"
    Caso.objects.filter(pk=due[0].pk).update(stato="sospeso")
    for stato, there in (("sospeso", True), ("chiuso", False)):
        answer = riservato.post(reverse("casi:elenco"), {"cerca": due[0].numero, "stato": stato})
        page = answer.content.decode()
        assert (reverse("casi:scheda", args=[due[0].pk]) in page, f'value="{due[0].numero}"' in page) == (there, True)
        assert f'value="{stato}" selected' in page
