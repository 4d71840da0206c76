"""What a migration of the area does to the rows it finds: sealed without losing a word, and back."""

from datetime import date

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from casi import crypto
from casi.crypto import KeyFileError, blind_index
from casi.models import Persona, PrimoAscolto, Scarto
from casi.selectors.ascolti import elenco_ascolti
from tests.factories.casi import PersonaFactory, PrimoAscoltoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for

pytestmark = pytest.mark.django_db(transaction=True)
PRIMA, NOMI, ORA = "0005_ascolto_luogo", "0008_ascolto_motivo", ""
TABELLE = ("casi_persona", "casi_primoascolto", "casi_scarto")
CHIARI = ("canarino wolof", "Canarino 7", "det. canarino/2026")


def migrate(name: str):
    """To `casi.name` and no further, or to what there is now; the models as they were then."""
    executor = MigrationExecutor(connection)
    return executor.migrate([("casi", name)] if name else executor.loader.graph.leaf_nodes("casi")).apps


def texts() -> str:
    """All that the three tables hold, as it would be read in a dump."""
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(f"SELECT t::text FROM {table} t" for table in TABELLE))  # noqa: S608
        return "\n".join(text for (text,) in cursor.fetchall())


def files() -> set[int]:
    """On the disk, those of the three tables."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join('pg_relation_filenode(%s)' for _each in TABELLE)}", TABELLE)
        return set(cursor.fetchone())


def test_every_name_is_indexed_anew_and_back():
    """As it was: of a surname and a name in their boxes only, which the search by one box never found."""
    whole = PersonaFactory(cognome="Canarini", nome="Muhammad", data_nascita=date(1990, 5, 1))
    alone = PersonaFactory(cognome="", nome="Canarini Mohamed", data_nascita=date(1990, 5, 1))
    now = [(each.indice_nome, each.indice_suono) for each in (whole, alone)]
    assert now[0][1] == now[1][1] != ""
    before = migrate(NOMI).get_model("casi", "Persona").objects
    rows = before.in_bulk([whole.pk, alone.pk])
    assert [bool(each) for each in (rows[alone.pk].indice_nome, rows[alone.pk].indice_suono)] == [False, False]
    kept = blind_index("canarini|muhammad|1990-05-01", scopo="nome_e_nascita")
    assert (rows[whole.pk].indice_nome, rows[whole.pk].indice_suono) == (
        kept,
        blind_index("kanarini|muamad", scopo="suono"),
    )
    migrate(ORA)
    again = Persona.objects.in_bulk([whole.pk, alone.pk])
    assert [(again[each.pk].indice_nome, again[each.pk].indice_suono) for each in (whole, alone)] == now


@pytest.fixture
def volontario():
    return OperatoreFactory(ruolo="volontario_ascolto")


@pytest.fixture
def righe(volontario):
    """Of each table one that says something and one that says nothing, as 0005 kept them."""
    people, heard = PersonaFactory.create_batch(2), PrimoAscoltoFactory.create_batch(2, operatore=volontario)
    lists = [Scarto.objects.create(proposto_da=volontario) for _each in range(2)]
    before, said = migrate(PRIMA), [people[0].pk, heard[0].pk, lists[0].pk]
    written = zip(("Persona", "PrimoAscolto", "Scarto"), ("lingua", "sigla", "atto"), said, CHIARI, strict=True)
    for name, field, pk, text in written:
        before.get_model("casi", name).objects.filter(pk=pk).update(**{field: text})
    yield said
    migrate(ORA)


def test_texts_in_the_clear_are_sealed_and_read_as_before(righe, volontario):
    persona, ascolto, scarto = righe
    assert all(text in texts() for text in CHIARI)
    before = files()
    migrate(ORA)
    assert "canarino" not in texts().casefold()
    assert before.isdisjoint(files())  # written anew: nothing of a column that is gone is left in them
    found = Persona.objects.get(pk=persona).lingua, PrimoAscolto.objects.get(pk=ascolto).sigla
    assert (*found, Scarto.objects.get(pk=scarto).atto) == CHIARI
    assert [each.pk for each in elenco_ascolti(attore_for(volontario), sigla="CANARINO 7").righe] == [ascolto]
    assert PrimoAscolto.objects.get(indice_sigla="").sigla == ""
    assert Persona.objects.get(lingua__isnull=True).lingua == Scarto.objects.get(atto__isnull=True).atto == ""


def test_sealed_texts_are_given_back_to_the_columns_of_before(righe):
    migrate(ORA)
    PersonaFactory(lingua="canarino urdu")
    before = migrate(PRIMA)
    spoken = before.get_model("casi", "Persona").objects.order_by("lingua").values_list("lingua", flat=True)
    assert list(spoken) == ["", "canarino urdu", CHIARI[0]]
    assert all(text in texts() for text in CHIARI)
    migrate(ORA)


def test_without_keys_nothing_is_half_done(righe, settings, tmp_path):
    settings.PORTACHIAVI = tmp_path / "non-c-e"
    crypto.forget_keys()
    with pytest.raises(KeyFileError):
        migrate(ORA)
    assert all(text in texts() for text in CHIARI)
    settings.PORTACHIAVI = settings.BASE_DIR / "tests" / "support" / "portachiavi.json"
    crypto.forget_keys()
    migrate(ORA)
    assert Persona.objects.get(pk=righe[0]).lingua == CHIARI[0]
