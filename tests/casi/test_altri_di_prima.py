"""In the copy for one person others are covered also as they were written before a correction, or by mistake."""

from datetime import date

import pytest

from casi.actions import per_errore, persone
from casi.selectors.altri import called, cover
from tests.casi.test_copia import COPERTO
from tests.factories.casi import ComponenteFactory, PersonaFactory, PrimoAscoltoFactory
from tests.support.attori import attore_for
from tests.support.incaricati import followed

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return PersonaFactory(cognome="Canarini", nome="Ada", telefono="0000 111111")


@pytest.fixture
def altra():
    return PersonaFactory(cognome="Serpentini", nome="Ludmilla", telefono="0000 654321")


@pytest.fixture
def caso(assistente, ada, altra):
    return followed(assistente, ada, altra)


@pytest.fixture
def di_adesso(assistente, caso):
    """Who works on the case, and which one it is."""
    return {"by": attore_for(assistente), "caso": caso.pk}


def test_tie_that_was_taken_out(di_adesso, caso, ada):
    legame = persone.scrivi_legame(**di_adesso, chi="La zia Carmela", contatto="0000 123456")
    per_errore.togli_legame(**di_adesso, legame=legame.pk, perche="errore")
    assert cover(caso, ada)("Chiama Carmela, 0000123456.") == f"Chiama {COPERTO}, {COPERTO}."


def test_person_who_was_taken_out_and_her_home(di_adesso, caso, ada, altra):
    persone.abita(**di_adesso, persona=altra.pk, indirizzo="Via Storta 7", tipo="residenza", dal=date(2024, 1, 1))
    per_errore.togli(**di_adesso, persona=altra.pk, perche="errore")
    assert not caso.nucleo.componenti.filter(persona=altra).exists()
    assert cover(caso, ada)("Con Serpentini, in via storta 7.") == f"Con {COPERTO}, in {COPERTO}."


def test_name_and_contact_that_were_corrected(di_adesso, caso, ada, altra):
    """What she shares with her stays, now as then."""
    mutato = {"cognome": "Canarini", "telefono": ada.telefono}
    persone.correggi(**di_adesso, persona=altra.pk, versione=1, **mutato)
    said = cover(caso, ada)("Serpentini o Canarini, 0000 654321 o 0000 111111.")
    assert said == f"{COPERTO} o Canarini, {COPERTO} o 0000 111111."


def test_tie_that_was_corrected(di_adesso, caso, ada):
    legame = persone.scrivi_legame(**di_adesso, chi="La zia Carmela", contatto="0000 123456")
    persone.scrivi_legame(**di_adesso, legame=legame.pk, versione=1, chi="La zia Teresa", contatto="")
    assert cover(caso, ada)("Carmela, 0000 123456, e Teresa") == f"{COPERTO}, {COPERTO}, e {COPERTO}"


def test_home_of_another_that_was_taken_out(di_adesso, caso, ada, altra):
    casa = persone.abita(**di_adesso, persona=altra.pk, indirizzo="Via Storta 7", tipo="ospite", dal=date(2024, 1, 1))
    per_errore.togli_residenza(**di_adesso, persona=altra.pk, residenza=casa.pk, perche="errore")
    assert cover(caso, ada)("Sta in Via Storta 7.") == f"Sta in {COPERTO}."


def test_double_of_hers_that_was_taken_out_leaves_her_what_she_signed(di_adesso, caso, ada):
    """Somebody else who was taken out answers to her name as whoever is of the household does."""
    doppia, mezza = (PersonaFactory(cognome="Canarini", nome=nome) for nome in ("Ada", "Canarini Lia"))
    for each in (doppia, mezza):
        ComponenteFactory(nucleo=caso.nucleo, persona=each)
        persone.abita(**di_adesso, persona=each.pk, indirizzo="Via Po 3", tipo="ospite", dal=date(2024, 1, 1))
    assert not called(caso, ada)("Ada Canarini")
    per_errore.togli(**di_adesso, persona=doppia.pk, perche="scritta due volte")
    assert called(caso, ada)("Ada Canarini")
    persone.correggi(**di_adesso, persona=mezza.pk, versione=1, nome="Ada Lia")
    per_errore.togli(**di_adesso, persona=mezza.pk, perche="errore")
    assert not called(caso, ada)("Ada Canarini")


def test_conversation_signed_by_another_as_it_was_signed_before(di_adesso, caso, ada):
    heard = PrimoAscoltoFactory(caso=caso, nome="Teresa Gatti", contatto="0000 222333")
    before = '{"nome": "Carmela Gatti", "contatto": "0000 777888"}'
    heard.storico.create(scritto_da=di_adesso["by"].operatore, valori=before)
    assert cover(caso, ada)("Carmela, 0000777888") == f"{COPERTO}, {COPERTO}"
