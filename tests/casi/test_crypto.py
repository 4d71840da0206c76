"""Encrypted columns: readable through their row alone, never in clear in the database, never as they are on failure."""

from datetime import date

import pytest
from django.core.exceptions import FieldError
from django.db import connection, transaction

from casi import crypto
from casi.crypto import CryptoError, KeyFileError
from casi.models import Persona
from casi.parole import normalized, sounded


@pytest.fixture
def other_keys(settings, tmp_path):
    """`other_keys(text)`: from now on the key file holds `text`."""

    def become(text: str) -> None:
        settings.PORTACHIAVI = tmp_path / "portachiavi.json"
        settings.PORTACHIAVI.write_text(text)
        crypto.forget_keys()

    yield become
    crypto.forget_keys()


def stored(column: str, pk) -> bytes | None:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM casi_persona WHERE id = %s", [pk])  # noqa: S608 - names of our own
        found = cursor.fetchone()[0]
    return None if found is None else bytes(found)


@pytest.mark.django_db
def test_text_and_day_come_back_and_stand_nowhere_in_clear():
    persona = Persona.objects.create(cognome="Canarino", nome="", data_nascita=date(1980, 2, 29))
    found = Persona.objects.get(pk=persona.pk)
    assert (found.cognome, found.nome, found.data_nascita) == ("Canarino", "", date(1980, 2, 29))
    assert b"Canarino" not in stored("cognome", persona.pk)
    assert b"1980" not in stored("data_nascita", persona.pk)
    assert stored("nome", persona.pk) is None


@pytest.mark.django_db
def test_untouched_text_is_saved_as_it_was_and_a_touched_one_anew():
    persona = Persona.objects.create(cognome="Prima", nome="Ferma")
    before = (stored("cognome", persona.pk), stored("nome", persona.pk))
    found = Persona.objects.get(pk=persona.pk)
    found.cognome = "Prima"
    found.save()
    assert stored("nome", persona.pk) == before[1]
    assert stored("cognome", persona.pk) != before[0]
    assert Persona.objects.defer("cognome").get(pk=persona.pk).cognome == "Prima"


@pytest.mark.django_db
@pytest.mark.parametrize("statement", [
    "UPDATE casi_persona SET cognome = (SELECT cognome FROM casi_persona WHERE id = %(other)s) WHERE id = %(pk)s",
    "UPDATE casi_persona SET nome = cognome WHERE id = %(pk)s",
    "UPDATE casi_persona SET cognome = set_byte(cognome, 20, get_byte(cognome, 20) # 1) WHERE id = %(pk)s",
    "UPDATE casi_persona SET cognome = convert_to('Canarino', 'UTF8') WHERE id = %(pk)s",
], ids=["d'altra riga", "d'altra colonna", "alterato", "in chiaro"])  # fmt: skip
def test_moved_or_altered_text_raises_and_is_never_answered(statement):
    persona, other = (Persona.objects.create(cognome=name, nome="N") for name in ("Uno", "Altro"))
    with connection.cursor() as cursor:
        cursor.execute(statement, {"pk": persona.pk, "other": other.pk})
    found = Persona.objects.get(pk=persona.pk)
    with pytest.raises(CryptoError):
        str(found.nome + found.cognome)


@pytest.mark.django_db
def test_encrypted_columns_are_not_searched_updated_or_exported():
    persona = Persona.objects.create(cognome="Uno")
    for lookup in ({"cognome": "Uno"}, {"cognome__icontains": "U"}, {"cognome__in": ["Uno"]}):
        with pytest.raises(FieldError):
            Persona.objects.filter(**lookup).exists()
    with pytest.raises(TypeError, match="in chiaro"), transaction.atomic():
        Persona.objects.update(cognome="Due")
    with pytest.raises(TypeError):
        Persona._meta.get_field("cognome").value_to_string(persona)
    assert not Persona.objects.filter(cognome__isnull=True).exists()


@pytest.mark.django_db
def test_old_key_still_reads_and_an_unknown_one_says_so(other_keys, settings):
    original = settings.PORTACHIAVI.read_text()
    other_keys(original.replace('"attiva": "prove"', '"attiva": "vecchia"'))
    persona = Persona.objects.create(cognome="Uno")
    assert crypto.key_name(stored("cognome", persona.pk)) == "vecchia"
    other_keys(original)
    assert Persona.objects.get(pk=persona.pk).cognome == "Uno"
    other_keys(original.replace('"vecchia"', '"perduta"'))
    with pytest.raises(CryptoError, match="chiave che non c'è"):
        str(Persona.objects.get(pk=persona.pk).cognome)


@pytest.mark.parametrize("text", [
    "", "[]", "{}", '{"attiva": "a", "chiavi": {"a": "corta"}, "indice": "corta"}',
    '{"attiva": "b", "chiavi": {"a": "%(k)s"}, "indice": "%(i)s"}',
    '{"attiva": "a", "chiavi": {"a": "%(k)s"}, "indice": "%(k)s"}',
    '{"attiva": "a", "chiavi": ["%(k)s"], "indice": "%(i)s"}',
])  # fmt: skip
def test_unfit_key_file_is_refused(other_keys, text):
    other_keys(text % {"k": "A" * 43 + "=", "i": "B" * 42 + "A="} if "%(" in text else text)
    with pytest.raises(KeyFileError):
        crypto.portachiavi()


@pytest.mark.django_db
def test_blind_index_finds_equal_values_written_in_other_ways_and_nothing_for_a_part():
    one = Persona.objects.create(
        cognome="D'Élia", nome="Chiara", data_nascita=date(1990, 5, 1), codice_fiscale="dle chr 90e41 x000y"
    )
    other = Persona.objects.create(
        cognome="delia", nome="CHIARA", data_nascita=date(1990, 5, 1), codice_fiscale="DLECHR90E41X000Y"
    )
    kin = Persona.objects.create(cognome="Delia", nome="Kiara")
    assert one.indice_cf == other.indice_cf != ""
    assert one.indice_nome == other.indice_nome != ""
    assert one.indice_suono == kin.indice_suono != ""
    assert (kin.indice_cf, kin.indice_nome) == ("", "")
    assert "DLECHR" not in one.indice_cf


def test_names_are_compared_as_they_are_written_and_as_they_sound():
    assert normalized("  De-Ruvo, Niccolò ") == "deruvoniccolo"
    assert sounded("Xhuljana") == sounded("Suliana")
    assert sounded("Rossi") != sounded("Russo")
