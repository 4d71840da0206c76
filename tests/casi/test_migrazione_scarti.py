"""Why a list was refused, written in the clear until 0021: encrypted on the way there, readable on the way back."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from casi.models import Scarto
from tests.factories.catalogo import OperatoreFactory

pytestmark = pytest.mark.django_db
SCARTI = import_module("casi.migrations.0021_scarti")
PRIMA_DELLE_PAROLE = 4  # operations before the words themselves are carried over


@pytest.fixture
def meta_strada():
    """The models half way, with both columns, and a table that has them."""
    state = MigrationLoader(connection).project_state([("casi", "0020_diritti")])
    for operation in SCARTI.Migration.operations[:PRIMA_DELLE_PAROLE]:
        operation.state_forwards("casi", state)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE casi_scarto ADD motivo_chiaro varchar(160) NOT NULL DEFAULT ''")
    return state.apps


def row() -> dict[str, object]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT motivo, motivo_chiaro, t::text FROM casi_scarto t")
        return dict(zip(("motivo", "chiaro", "tutto"), cursor.fetchone(), strict=True))


def test_refusal_in_the_clear_is_encrypted_and_comes_back(meta_strada):
    scarto = Scarto.objects.create(proposto_da=OperatoreFactory())
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casi_scarto SET motivo_chiaro = 'manca il ricorso'")
    SCARTI.seal(meta_strada, None)
    assert Scarto.objects.get(pk=scarto.pk).motivo == "manca il ricorso"
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casi_scarto SET motivo_chiaro = ''")
    assert b"ricorso" not in bytes(row()["motivo"])
    SCARTI.unseal(meta_strada, None)
    assert row()["chiaro"] == "manca il ricorso"


def test_list_without_a_refusal_stays_without(meta_strada):
    Scarto.objects.create(proposto_da=OperatoreFactory())
    SCARTI.seal(meta_strada, None)
    assert row()["motivo"] is None
    SCARTI.unseal(meta_strada, None)
    assert row()["chiaro"] == ""
