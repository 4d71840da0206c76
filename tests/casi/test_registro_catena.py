# ruff: noqa: S608 - the numbers of lines are ours
"""The chain under attack by the database's owner himself, with the guards put to sleep: every touch is found."""

import logging
from contextlib import contextmanager
from datetime import date, timedelta
from importlib import import_module
from uuid import UUID

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection
from django.utils import timezone

from casi import integrita, models
from casi.integrita import ChainError, Punto, verify
from casi.mesi import months_before
from casi.models import AncoraRegistro, Registro
from tests.casi.test_registro import voce

pytestmark = pytest.mark.django_db
UNO, DUE = UUID(int=1), UUID(int=2)


@contextmanager
def unguarded():
    """As a superuser of the server would: no trigger fires."""
    with connection.cursor() as cursor:
        for table in ("casi_registro", "casi_testaregistro"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield cursor
        for table in ("casi_registro", "casi_testaregistro"):
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.fixture
def lines(monkeypatch) -> list[int]:
    """Seven lines, read in batches of three, and the head of yesterday on the last."""
    monkeypatch.setattr(integrita, "BATCH", 3)
    numbers = [voce(ruolo=f"r{n}", casi=["00000000-0000-4000-8000-000000000001"]).pk for n in range(7)]
    last = Registro.objects.latest("pk")
    models.TestaRegistro.objects.create(giorno=date(2026, 1, 1), ultima=last.pk, impronta=last.impronta)
    return numbers


COLUMNS = [
    "quando", "utente_id", "operatore_id", "ente_id", "ente_nome", "ruolo", "azione", "esito", "casi", "oggetto",
    "oggetto_id", "oggetti", "titoli", "livello", "finalita", "risultati", "sessione", "indirizzo", "richiesta",
    "precedente", "impronta",
]  # fmt: skip
OTHER = {
    "quando": "quando + interval '1 microsecond'", "esito": "'negato'", "casi": "'{}'", "indirizzo": "'192.0.2.9'",
    "oggetto_id": "gen_random_uuid()", "richiesta": "gen_random_uuid()", "precedente": "repeat('0', 64)",
    "oggetti": "ARRAY[gen_random_uuid()]", "titoli": "ARRAY[gen_random_uuid()]", "impronta": "repeat('0', 64)",
    "livello": "5", "risultati": "9", "utente_id": "9", "operatore_id": "9",
    "ente_id": "9",
}  # fmt: skip


def test_whole_register_is_found_whole_also_when_empty(lines):
    assert verify().ultima == lines[-1]
    with unguarded() as cursor:
        cursor.execute("TRUNCATE casi_registro; TRUNCATE casi_testaregistro")
    assert verify() == Punto()


@pytest.mark.parametrize("column", COLUMNS)
def test_change_of_any_column_is_found_at_its_line(lines, column):
    with unguarded() as cursor:
        cursor.execute(f"UPDATE casi_registro SET {column} = {OTHER.get(column, repr('altro'))} WHERE id = {lines[3]}")
    with pytest.raises(ChainError, match=str(lines[3])):
        verify()


@pytest.mark.parametrize("column", ["oggetti", "titoli"])
@pytest.mark.parametrize("now", ["'{{}}'", "{0}[1:1]", "{0} || gen_random_uuid()", "ARRAY[{0}[2], {0}[1]]"])
def test_keys_of_a_list_and_of_what_allowed_it_are_sealed_with_their_line(lines, column, now):
    listed = voce(**{column: [UNO, DUE]}).pk
    assert verify().ultima == listed
    with unguarded() as cursor:
        cursor.execute(f"UPDATE casi_registro SET {column} = {now.format(column)} WHERE id = {listed}")
    with pytest.raises(ChainError, match=str(listed)):
        verify()


def test_keys_moved_from_one_column_to_the_other_are_found(lines):
    listed = voce(titoli=[UNO]).pk
    assert verify().ultima == listed
    with unguarded() as cursor:
        cursor.execute(f"UPDATE casi_registro SET oggetti = titoli, titoli = '{{}}' WHERE id = {listed}")
    with pytest.raises(ChainError, match=str(listed)):
        verify()


def test_seal_of_a_line_that_rests_on_nothing_is_what_it_was_before_there_was_the_column(lines):
    """With and without keys of a list: what was sealed then still verifies."""
    voce(oggetti=[UNO, DUE])
    migration = import_module("casi.migrations.0013_registro_titoli")
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, impronta FROM casi_registro ORDER BY id")
        now = cursor.fetchall()
        cursor.execute(migration.UNSEAL)
        cursor.execute("SELECT id, casi_registro_sigillo(r) FROM casi_registro r ORDER BY id")
        assert cursor.fetchall() == now


def test_column_does_not_go_once_a_line_rests_on_something(lines):
    voce(titoli=[UNO])
    migration = import_module("casi.migrations.0013_registro_titoli")
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="non si torna indietro"):
        cursor.execute(migration.UNSEAL)


@pytest.mark.parametrize(
    ("attack", "found"),
    [
        pytest.param("DELETE FROM casi_registro WHERE id = {3}", "Manca la voce {3}", id="tolta nel mezzo"),
        pytest.param("DELETE FROM casi_registro WHERE id = {0}", "Manca la voce {0}", id="tolta in testa"),
        pytest.param("DELETE FROM casi_registro WHERE id > {4}", "in fondo", id="tolte in fondo"),
        pytest.param("TRUNCATE casi_registro", "in fondo", id="svuotato"),
        pytest.param(
            "UPDATE casi_registro SET id = -id WHERE id IN ({2}, {3});"
            "UPDATE casi_registro SET id = {3} WHERE id = -{2}; UPDATE casi_registro SET id = {2} WHERE id = -{3}",
            "La voce {2} non segue",
            id="scambiate",
        ),
        pytest.param(
            "UPDATE casi_registro SET id = id - 1 WHERE id = ANY(ARRAY(SELECT id FROM casi_registro WHERE id > {3}))",
            "La voce {3} non segue",
            id="tolta e rinumerate",
        ),
        pytest.param(
            "CREATE TEMP TABLE altra AS SELECT * FROM casi_registro WHERE id = {3};"
            "UPDATE altra SET id = {6} + 1; INSERT INTO casi_registro SELECT * FROM altra",
            "non segue",
            id="aggiunta",
        ),
    ],
)
def test_lines_taken_moved_or_added_are_found(lines, attack, found):
    with unguarded() as cursor:
        if "id - 1" in attack:
            cursor.execute(f"DELETE FROM casi_registro WHERE id = {lines[3]}")
        cursor.execute(attack.format(*lines))
    with pytest.raises(ChainError, match=found.format(*lines)):
        verify()


def test_tail_rewritten_with_good_seals_is_found_by_the_head_alone(lines):
    with unguarded() as cursor:
        cursor.execute(f"DELETE FROM casi_registro WHERE id > {lines[3]}")
    for _each in range(5):
        voce(ruolo="altro")
    with pytest.raises(ChainError, match=f"La voce {lines[-1]} non è quella di cui fu conservata la testa"):
        verify()
    with unguarded() as cursor:
        cursor.execute("TRUNCATE casi_testaregistro")
    assert verify().ultima == lines[3] + 5


def test_head_kept_elsewhere_finds_what_an_owner_rewrote_with_its_heads(lines):
    outside = Registro.objects.latest("pk")
    with unguarded() as cursor:
        cursor.execute(f"DELETE FROM casi_registro WHERE id > {lines[3]}; TRUNCATE casi_testaregistro")
    for _each in range(5):
        voce(ruolo="altro")
    call_command("verifica_registro")
    with pytest.raises(CommandError, match="conservata la testa"):
        call_command("verifica_registro", testa=[f"{outside.pk}:{outside.impronta}"])
    with pytest.raises(CommandError, match="VOCE:IMPRONTA"):
        call_command("verifica_registro", testa=["1:corta"])


def test_every_head_kept_elsewhere_is_reached_at_its_own_line(lines):
    heads = [Punto(*pair) for pair in Registro.objects.filter(pk__in=lines[1:5]).values_list("pk", "impronta")]
    assert verify(tuple(heads)).ultima == lines[-1]
    with pytest.raises(ChainError, match=f"La voce {lines[2]} non è quella"):
        verify((*heads, Punto(lines[2], "f" * 64)))


@pytest.mark.parametrize("guard", integrita.GUARDS)
def test_guard_asleep_or_gone_is_found(lines, guard):
    table = "casi_" + guard.split("_")[1]
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER {guard}")
    with pytest.raises(ChainError, match=guard):
        verify()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {guard} ON {table}")
    with pytest.raises(ChainError, match=guard):
        verify()


def test_every_guard_asleep_is_named(lines):
    first, last = sorted(integrita.GUARDS)[0], sorted(integrita.GUARDS)[-1]
    with connection.cursor() as cursor:
        for guard in (last, first):
            cursor.execute(f"ALTER TABLE casi_{guard.split('_')[1]} DISABLE TRIGGER {guard}")
    with pytest.raises(ChainError, match=f": {first}, {last}.$"):
        verify()


def test_forged_beginning_is_no_way_to_drop_younger_lines(lines):
    """An anchor hides what is before it: it may not reach lines that a head says were written later."""
    Registro.objects.first()
    today = timezone.localdate()
    row = Registro.objects.get(pk=lines[4])
    with unguarded() as cursor:
        cursor.execute(f"DELETE FROM casi_registro WHERE id <= {lines[4]}")
    AncoraRegistro.objects.create(giorno=today, ultima=row.pk, impronta=row.impronta, prima_del=today)
    with pytest.raises(ChainError, match="ancora"):
        verify()


def test_register_begins_where_an_anchor_24_months_old_says_and_nobody_asks_for_what_was_before(lines):
    today, row = timezone.localdate(), Registro.objects.get(pk=lines[2])
    with unguarded() as cursor:
        cursor.execute(f"DELETE FROM casi_registro WHERE id <= {lines[2]}")
    anchor = {"giorno": today, "ultima": row.pk, "impronta": row.impronta}
    AncoraRegistro.objects.create(**anchor, prima_del=months_before(today, 24))
    models.TestaRegistro.objects.create(giorno=months_before(today, 25), ultima=lines[0], impronta="f" * 64)
    dropped = tuple(Punto(line, "f" * 64) for line in (lines[0], lines[2]))
    assert verify(dropped).ultima == lines[-1]
    with pytest.raises(ChainError, match=f"La voce {lines[3]} non è quella"):
        verify((Punto(lines[3], "f" * 64),))


def test_anchor_a_day_too_young_is_refused(lines):
    today, row = timezone.localdate(), Registro.objects.get(pk=lines[2])
    young = months_before(today, 24) + timedelta(days=1)
    AncoraRegistro.objects.create(giorno=today, ultima=row.pk, impronta=row.impronta, prima_del=young)
    with pytest.raises(ChainError, match="andavano ancora conservate"):
        verify()


def test_anchor_over_lines_that_a_head_says_are_younger_is_refused(lines):
    today, rows = timezone.localdate(), Registro.objects.in_bulk([lines[1], lines[2]])
    old = months_before(today, 24)
    head, last = rows[lines[1]], rows[lines[2]]
    models.TestaRegistro.objects.create(giorno=old, ultima=head.pk, impronta=head.impronta)
    AncoraRegistro.objects.create(giorno=today, ultima=last.pk, impronta=last.impronta, prima_del=old)
    with pytest.raises(ChainError, match="andavano ancora conservate"):
        verify()


def test_verification_reads_in_batches(lines, django_assert_num_queries):
    with django_assert_num_queries(3 + 4):  # guards, anchor, heads; 3 + 3 + 1 lines and the end
        verify()


def test_command_tells_the_first_fault_and_fails(lines, capsys):
    call_command("verifica_registro")
    assert f"integro fino alla voce {lines[-1]}:" in capsys.readouterr().out
    with unguarded() as cursor:
        cursor.execute(f"UPDATE casi_registro SET ruolo = 'x' WHERE id >= {lines[1]}")
    with pytest.raises(CommandError, match=f"La voce {lines[1]} non è più"):
        call_command("verifica_registro")


def test_head_of_yesterday_is_kept_once_and_told_to_the_log(capsys, caplog, time_machine):
    time_machine.move_to("2026-03-10T22:30:00Z", tick=False)  # 23.30 in Rome
    voce()
    ieri = voce()
    time_machine.move_to("2026-03-10T23:10:00Z", tick=False)  # the 11th, in Rome
    voce()
    seal = Registro.objects.get(pk=ieri.pk).impronta
    with caplog.at_level(logging.INFO, "tessere.registro"):
        for _time in range(2):
            call_command("testa_registro")
    head = models.TestaRegistro.objects.get()
    assert (head.giorno, head.ultima, head.impronta) == (date(2026, 3, 10), ieri.pk, seal)
    assert capsys.readouterr().out.count(f"2026-03-10 {ieri.pk}:{seal}") == 2
    assert f"{ieri.pk}:{seal}" in caplog.text
    time_machine.move_to(timezone.now() + timedelta(days=1))
    call_command("testa_registro")
    assert models.TestaRegistro.objects.count() == 2


def test_day_before_the_first_line_has_no_head_but_the_one_it_was_given(lines):
    before = timezone.localdate() - timedelta(days=1)
    assert integrita.keep_head(before) is None
    assert models.TestaRegistro.objects.count() == 1
    given = models.TestaRegistro.objects.create(giorno=before, ultima=lines[0], impronta="0" * 64)
    assert integrita.keep_head(before) == given
    assert integrita.keep_head(before - timedelta(days=1)) is None


def test_head_of_an_altered_register_is_not_kept(lines, caplog):
    with unguarded() as cursor:
        cursor.execute(f"UPDATE casi_registro SET ruolo = 'x' WHERE id = {lines[1]}")
    with pytest.raises(CommandError, match="alterato"):
        call_command("testa_registro")
    assert models.TestaRegistro.objects.count() == 1
    assert "alterato" in caplog.text
