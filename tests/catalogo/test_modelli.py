"""What a sheet, a place and a body may hold."""

from datetime import date, time

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import translation

from catalogo.models import Ente, Operatore, ServizioPage
from tests.factories.catalogo import (
    AttivitaSettimanaleFactory,
    BisognoFactory,
    EnteFactory,
    EntePageFactory,
    LuogoPageFactory,
    OperatoreFactory,
    ServizioPageFactory,
)
from tests.factories.pagine import translate


def test_service_belongs_to_the_body_above_it_also_after_a_move(db):
    service, other = ServizioPageFactory(), EntePageFactory()
    assert service.ente == service.get_parent().specific.ente
    service.move(other, pos="last-child")
    moved = ServizioPage.objects.get(pk=service.pk)
    assert moved.ente == other.ente


def test_municipality_comes_from_the_place_unless_said(db):
    luogo = LuogoPageFactory()
    body = luogo.get_parent().specific
    assert ServizioPageFactory(parent=body, luogo=luogo, comune=None).comune == luogo.comune
    said = ServizioPageFactory(parent=body, luogo=luogo)
    assert said.comune != luogo.comune


def test_confidential_place_gives_its_municipality_to_nobody(db):
    luogo = LuogoPageFactory(riservato=True)
    service = ServizioPageFactory(parent=luogo.get_parent().specific, luogo=luogo, comune=None)
    assert service.comune is None
    assert service.indirizzo_riservato


def test_place_of_another_body_is_refused(db):
    service, luogo = ServizioPageFactory(), LuogoPageFactory()
    service.luogo = luogo
    with pytest.raises(ValidationError, match="luogo del tuo ente"):
        service.full_clean()


def test_inactive_service_says_why(db):
    service = ServizioPageFactory()
    service.stato = "non_attivo"
    with pytest.raises(ValidationError, match="perché il servizio non è attivo"):
        service.full_clean()
    service.motivo_stato = "Chiuso fino a marzo."
    service.full_clean()


@pytest.mark.parametrize(
    ("field", "value"),
    [("indirizzo", "Via"), ("cap", "00001"), ("quartiere", "Nord"), ("come_arrivare", "x"), ("lat", 1.0), ("lon", 1.0)],
)
def test_confidential_place_keeps_no_hint_of_where_it_is(db, field, value):
    luogo = LuogoPageFactory(riservato=True)
    setattr(luogo, field, value)
    with pytest.raises(ValidationError, match="riservato"):
        luogo.full_clean()
    with pytest.raises(IntegrityError, match="luogo_riservato_senza_indirizzo"):
        type(luogo).objects.filter(pk=luogo.pk).update(**{field: value})


def test_originale_is_the_italian_sheet(db):
    service = ServizioPageFactory()
    english = translate(service, "en")
    assert ServizioPage.objects.get(pk=english.pk).originale == service
    assert service.originale is service


def test_translation_is_a_valid_sheet_of_the_same_body_and_place(db):
    luogo = LuogoPageFactory()
    service = ServizioPageFactory(parent=luogo.get_parent().specific, luogo=luogo)
    english = translate(service, "en")
    english.full_clean()
    assert (english.ente, english.luogo) == (service.ente, service.luogo)


def test_appointment_ends_after_it_begins(db):
    attivita = AttivitaSettimanaleFactory()
    attivita.alle = time(15)
    with pytest.raises(ValidationError, match="prima di quella di inizio"):
        attivita.full_clean()


def test_same_name_twice_in_a_municipality_is_refused_also_without_one(db):
    ente = EnteFactory(comune=None)
    with pytest.raises(ValidationError, match="già un ente"):
        Ente(nome=ente.nome, tipo="odv").full_clean()
    Ente(nome=ente.nome, tipo="odv", comune=EnteFactory().comune).full_clean()


def test_vocabulary_speaks_the_active_language_or_italian(db):
    bisogno = BisognoFactory(nome="Mangiare", traduzioni={"en": "Eat", "uk": ""})
    assert str(bisogno) == "Mangiare"
    for code, name in (("en", "Eat"), ("uk", "Mangiare"), ("ar", "Mangiare")):
        with translation.override(code):
            assert str(bisogno) == name


@pytest.mark.parametrize(
    ("al", "on", "valid"),
    [
        (None, date(2024, 1, 1), True),
        (None, date(2023, 12, 31), False),
        (date(2024, 3, 1), date(2024, 3, 1), True),
        (date(2024, 3, 1), date(2024, 3, 2), False),
    ],
)
def test_operator_is_in_force_from_first_to_last_day(db, al, on, valid):
    OperatoreFactory(dal=date(2024, 1, 1), al=al)
    assert Operatore.objects.in_force(on).exists() is valid


def test_operator_has_a_role_once_at_a_time(db):
    first = OperatoreFactory(al=date(2024, 2, 1))
    again = Operatore(utente=first.utente, ente=first.ente, ruolo=first.ruolo, dal=date(2024, 3, 1))
    again.full_clean()
    again.save()
    with pytest.raises(ValidationError, match="già questo ruolo"):
        Operatore(utente=first.utente, ente=first.ente, ruolo=first.ruolo, dal=date(2024, 4, 1)).full_clean()


def test_operator_does_not_end_before_it_begins(db):
    operatore = OperatoreFactory()
    operatore.al = date(2023, 1, 1)
    with pytest.raises(ValidationError, match="prima di quella di inizio"):
        operatore.full_clean()
