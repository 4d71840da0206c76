"""The first line of every write: the named case and no other, locked; a no for who may not, or where the path ended."""

import uuid

import psycopg
import pytest
from django.db import OperationalError, connection, transaction

from casi.actions import bozze
from casi.actions.serratura import claim, require
from casi.errori import Impossibile, Vietato
from casi.models import Caso
from casi.ruoli import Azione
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import followed

CONDUCE = Azione.MODIFICARE_PERSONE


@pytest.fixture
def by():
    return attore_for(OperatoreFactory(ruolo="assistente_sociale"))


@pytest.mark.django_db(transaction=True)
def test_case_waits_for_who_writes_on_it_and_for_nobody_else(by):
    busy, free = sorted((followed(by.operatore) for _each in range(2)), key=lambda caso: caso.pk)
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        other.execute("SELECT FROM casi_caso WHERE id = %s FOR UPDATE", [busy.pk])
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '50ms'")
            assert claim(by, CONDUCE, free.pk) == free
            with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
                claim(by, CONDUCE, busy.pk)
        other.rollback()
    with transaction.atomic():
        assert claim(by, CONDUCE, busy.pk) == busy


@pytest.mark.django_db(transaction=True)
def test_drafts_of_one_person_wait_for_each_other(by):
    """Two pages that send theirs at once would both find none, and make two."""
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        other.execute("SELECT FROM catalogo_operatore WHERE id = %s FOR NO KEY UPDATE", [by.operatore.pk])
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '50ms'")
            with pytest.raises(OperationalError, match="lock timeout"), transaction.atomic():
                bozze.keep(by=by, modulo="diario", oggetto=uuid.uuid4(), dati={"testo": ["Canarino"]})
        other.rollback()


@pytest.mark.django_db
def test_who_may_not_is_told_no_before_he_is_told_how_the_case_ended(by):
    mine, other = followed(by.operatore), followed(OperatoreFactory(ruolo="assistente_sociale"))
    Caso.objects.update(stato="chiuso")
    with pytest.raises(Impossibile, match="Il caso è chiuso: riaprilo"):
        claim(by, CONDUCE, mine.pk)
    assert claim(by, CONDUCE, mine.pk, anche_finito=True) == mine
    with pytest.raises(Vietato) as refused:
        claim(by, CONDUCE, other.pk, anche_finito=True)
    assert (refused.value.azione, refused.value.caso) == (CONDUCE, other.pk)


@pytest.mark.django_db
def test_what_is_about_no_case_is_for_the_roles_that_have_it(by):
    require(by, Azione.APRIRE_CASO)
    with pytest.raises(Vietato) as refused:
        require(by, Azione.ACCREDITARE)
    assert refused.value.azione == Azione.ACCREDITARE
