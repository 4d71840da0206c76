"""The overlap check: three answers, a quota, a line for those who follow the household, nothing to learn from it."""

from datetime import date

import pytest

from casi.actions import limiti
from casi.errori import Impossibile, Vietato
from casi.models import Intervento, Oscuramento, Registro
from casi.selectors import sovrapposizione
from casi.selectors.identita import Identita
from casi.selectors.quota import OLTRE
from casi.selectors.registro_parole import scopo_detto
from casi.selectors.sovrapposizione import Domanda, Risposta, verifica
from tests.factories.casi import IncompatibilitaFactory
from tests.factories.catalogo import OperatoreFactory, TipoServizioFactory
from tests.factories.famiglie import FITTIZIO, caso_di, persona
from tests.support.attori import at_the_door, attore_for
from tests.support.domande import BUDGET, at_most

pytestmark = pytest.mark.django_db
CODICE = FITTIZIO.format("A")


@pytest.fixture
def caso(db):
    return caso_di(persona(codice_fiscale=CODICE), persona(nome="Bea"))


@pytest.fixture
def tipo(db):
    return TipoServizioFactory(nome="Pacco alimentare")


@pytest.fixture
def aiuto(caso, capo, tipo):
    """A parcel given by another body, all through March."""
    giver = OperatoreFactory()
    return Intervento.objects.create(
        caso=caso,
        ente=giver.ente,
        autore=giver,
        tipo=tipo,
        stato="in_corso",
        dal=date(2026, 3, 1),
        al=date(2026, 3, 31),
    )


@pytest.fixture
def chi(db):
    return attore_for(OperatoreFactory(ruolo="referente"))


def chiedi(chi, tipo, dal=date(2026, 3, 15), al=date(2026, 3, 20), **identita):
    return verifica(chi, Domanda(Identita(**(identita or {"codice_fiscale": CODICE})), tipo, dal, al))


def test_verifica_says_yes_for_any_member_of_the_household_and_any_body(aiuto, tipo, chi):
    assert chiedi(chi, tipo) is Risposta.SI
    assert chiedi(chi, tipo, cognome="Prova", nome="Bea", data_nascita=date(1980, 5, 4)) is Risposta.SI


@pytest.mark.parametrize(
    ("dal", "al", "risposta"),
    [
        (date(2026, 2, 1), date(2026, 2, 28), "no"),
        (date(2026, 2, 1), date(2026, 3, 1), "si"),
        (date(2026, 3, 31), date(2026, 4, 30), "si"),
        (date(2026, 4, 1), date(2026, 4, 30), "no"),
    ],
)
def test_verifica_counts_the_first_and_the_last_day(aiuto, tipo, chi, dal, al, risposta):
    assert chiedi(chi, tipo, dal, al) == risposta


@pytest.mark.parametrize(
    ("stato", "risposta"), [("richiesto", "no"), ("annullato", "no"), ("rifiutato", "no"), ("concluso", "si")]
)
def test_verifica_counts_what_is_given_not_what_is_asked_for(aiuto, tipo, chi, stato, risposta):
    Intervento.objects.update(stato=stato)
    assert chiedi(chi, tipo) == risposta


def test_verifica_says_no_for_another_help_and_for_who_is_not_known(aiuto, tipo, chi):
    assert chiedi(chi, TipoServizioFactory()) is Risposta.NO
    assert chiedi(chi, tipo, codice_fiscale=FITTIZIO.format("B")) is Risposta.NO


def sealed(aiuto, chi):
    capo = responsabile_of(aiuto.caso)
    limiti.seal(by=capo, caso=aiuto.caso.pk)


def responsabile_of(caso):
    return attore_for(caso.incarichi.get(parte="responsabile").operatore)


def named_entry(aiuto, chi):
    aiuto.caso.vocediario_set.create(
        ente=aiuto.ente, autore=aiuto.autore, livello=5, avvenuto_il=date(2026, 3, 1), testo="x"
    )


def several(aiuto, chi):
    persona(codice_fiscale=CODICE, nome="Cleo")


def unshared(aiuto, chi):
    Intervento.objects.update(condiviso=False)


def conflict(aiuto, chi):
    IncompatibilitaFactory(caso=aiuto.caso, utente=chi.operatore.utente)


@pytest.mark.parametrize("spoil", [several, unshared])
def test_verifica_sends_to_the_social_worker_only_for_a_help_that_is_given(aiuto, tipo, chi, spoil):
    """Asked about any other help it would tell that there is something delicate about the household."""
    spoil(aiuto, chi)
    assert chiedi(chi, tipo) is Risposta.PARLA
    assert chiedi(chi, TipoServizioFactory()) is Risposta.NO


def test_verifica_answers_alike_whether_or_not_there_are_entries_for_named_people(aiuto, tipo, chi):
    """Only their readers know that there are any: another answer would tell it to who asks for a parcel."""
    named_entry(aiuto, chi)
    assert chiedi(chi, tipo) is Risposta.SI


@pytest.mark.parametrize("spoil", [sealed, conflict])
def test_verifica_of_a_case_closed_to_who_asks_answers_as_for_nobody(aiuto, tipo, chi, spoil):
    spoil(aiuto, chi)
    assert chiedi(chi, tipo) is Risposta.NO
    assert chiedi(chi, TipoServizioFactory()) is Risposta.NO


def test_verifica_of_a_sealed_case_answers_who_is_named_on_it(aiuto, tipo, chi):
    sealed(aiuto, chi)
    limiti.nominate(responsabile_of(aiuto.caso), aiuto.caso, chi.operatore)
    assert chiedi(chi, tipo) is Risposta.SI


def test_verifica_of_a_closed_case_leaves_the_answer_of_another_alone(aiuto, tipo, chi):
    """Two cases of one person, one of them sealed: the other is told as if it were the only one."""
    sealed(aiuto, chi)
    other = caso_di(*(each.persona for each in aiuto.caso.nucleo.componenti.all()))
    assert chiedi(chi, tipo) is Risposta.NO
    Intervento.objects.filter(pk=aiuto.pk).update(caso=other)
    assert chiedi(chi, tipo) is Risposta.SI


def test_verifica_takes_a_hidden_help_as_not_there(aiuto, tipo, chi):
    Oscuramento.objects.create(caso=aiuto.caso, intervento=aiuto, fatto_da=aiuto.autore)
    assert chiedi(chi, tipo) is Risposta.NO


def test_verifica_is_registered_on_the_case_with_its_answer(aiuto, caso, tipo, chi):
    chiedi(chi, tipo)
    chiedi(chi, tipo, codice_fiscale=FITTIZIO.format("B"))
    lines = Registro.objects.filter(azione="verificare_sovrapposizione").order_by("pk")
    assert [(line.casi, line.finalita) for line in lines] == [([caso.pk], "si"), ([], "no")]


def test_verifica_asks_the_same_questions_whatever_the_answer(aiuto, tipo, chi, django_assert_num_queries):
    for identita in ({"codice_fiscale": CODICE}, {"codice_fiscale": FITTIZIO.format("B")}):
        asks = at_the_door(chi)
        with django_assert_num_queries(8):
            chiedi(asks, tipo, **identita)


def test_verifica_past_the_quota_tells_nothing_more(aiuto, tipo, chi, monkeypatch):
    monkeypatch.setattr(sovrapposizione, "QUOTA", 1)
    chiedi(chi, tipo)
    with pytest.raises(Impossibile, match="1 domande oggi"):
        chiedi(chi, tipo)
    refused = Registro.objects.get(azione="verificare_sovrapposizione", esito="negato")
    assert (refused.casi, refused.finalita) == ([], OLTRE)
    assert scopo_detto(refused.azione, refused.finalita) == "oltre le domande di un giorno"


@pytest.mark.parametrize("ruolo", ["volontario_ascolto", "operatore_sportello", "coordinatore", "responsabile_privacy"])
def test_verifica_is_for_referents_and_social_workers(aiuto, tipo, ruolo):
    with pytest.raises(Vietato):
        chiedi(attore_for(OperatoreFactory(ruolo=ruolo)), tipo)


def test_page_answers_in_words_without_bodies_or_dates(riservato, aiuto, tipo, chi):
    riservato.force_login(chi.operatore.utente)
    sent = {
        "chiave": str(aiuto.pk), "codice_fiscale": CODICE, "tipo": tipo.pk, "dal": "2026-03-10", "al": "2026-03-12",
    }  # fmt: skip
    with at_most(BUDGET):
        page = riservato.post("/sovrapposizioni/", sent).content.decode()
    assert "riceve già questo aiuto" in page
    assert aiuto.ente.nome not in page
    assert aiuto.caso.numero not in page
    assert "marzo" not in page
    assert riservato.post("/sovrapposizioni/", {**sent, "al": "2026-03-01"}).status_code == 422
    assert riservato.post("/sovrapposizioni/", {**sent, "al": "2029-03-01"}).status_code == 422
    assert riservato.post("/sovrapposizioni/", {**sent, "codice_fiscale": ""}).status_code == 422
