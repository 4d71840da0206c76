"""The wall in the database: what each process's role may touch, asked of PostgreSQL itself."""

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from portal.utenti.models import SessioneRiservata
from portal.utenti.privilegi import apply_grants
from tests.factories.casi import IncaricoFactory

pytestmark = pytest.mark.django_db
EVERY_RIGHT = ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
OF_A_COLUMN = ("SELECT", "INSERT", "UPDATE", "REFERENCES")


def reserved_tables() -> list[str]:
    labels = {"casi", "guardian"}
    models = [model for model in apps.get_models(include_auto_created=True) if model._meta.app_label in labels]
    return sorted({model._meta.db_table for model in [*models, SessioneRiservata]})


def ask(query: str, *parameters: object):
    with connection.cursor() as cursor:
        cursor.execute(query, parameters)
        return cursor.fetchall() if cursor.description else []


def rights(role: str, table: str) -> set[str]:
    """Rights of `role` on the whole table or on any of its columns."""
    query = (
        "SELECT r FROM unnest(%s::text[]) r WHERE has_table_privilege(%s::name, %s::text, r) UNION "
        "SELECT r FROM unnest(%s::text[]) r WHERE has_any_column_privilege(%s::name, %s::text, r)"
    )
    return {right for (right,) in ask(query, list(EVERY_RIGHT), role, table, list(OF_A_COLUMN), role, table)}


def test_reserved_tables_are_the_ones_that_matter():
    assert {"casi_caso", "casi_registro", "casi_permessoutentesucaso", "utenti_sessioneriservata"} <= set(
        reserved_tables()
    )


@pytest.mark.parametrize("table", reserved_tables())
def test_role_pubblico_has_no_right_on_a_reserved_table(table):
    assert rights("pubblico", table) == set()


def test_role_pubblico_cannot_use_a_sequence_of_a_reserved_table():
    sequences = ask(
        "SELECT s.oid::regclass::text FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN ('a', 'i') "
        "JOIN pg_class t ON t.oid = d.refobjid WHERE s.relkind = 'S' AND t.relname = ANY(%s)",
        reserved_tables(),
    )
    assert sequences
    for (sequence,) in sequences:
        assert ask("SELECT has_sequence_privilege('pubblico', %s, 'USAGE, SELECT, UPDATE')", sequence) == [(False,)]


@pytest.mark.parametrize("role", ["pubblico", "riservato"])
def test_process_role_has_no_ddl_and_is_nobody_elses_member(role):
    assert ask("SELECT has_schema_privilege(%s, 'public', 'CREATE')", role) == [(False,)]
    assert ask("SELECT rolsuper, rolcreaterole, rolbypassrls FROM pg_roles WHERE rolname = %s", role) == [
        (False, False, False)
    ]
    others = "SELECT rolname FROM pg_roles WHERE pg_has_role(%s, oid, 'MEMBER') AND rolname <> %s"
    assert ask(others, role, role) == []


@pytest.mark.parametrize("role", ["pubblico", "riservato"])
def test_process_role_truncates_nothing(role):
    for (table,) in ask("SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"):
        assert not rights(role, table) & {"TRUNCATE", "REFERENCES", "TRIGGER"}, table


def test_role_riservato_adds_to_the_register_and_reads_it_only():
    assert rights("riservato", "casi_registro") == {"SELECT", "INSERT"}


def test_role_riservato_reads_no_public_session_and_no_generic_permission():
    for table in ("django_session", "guardian_userobjectpermission", "guardian_groupobjectpermission"):
        assert rights("riservato", table) == set()


def test_accounts_are_deleted_by_neither_process():
    for role in ("pubblico", "riservato"):
        assert "DELETE" not in rights(role, "utenti_utente")


@pytest.mark.parametrize("table", ["catalogo_accordo", "catalogo_adesione", "catalogo_operatore"])
def test_who_is_accredited_is_written_by_the_reserved_process_alone_and_deleted_by_none(table):
    assert rights("pubblico", table) == {"SELECT"}
    assert rights("riservato", table) == {"SELECT", "INSERT", "UPDATE"}


def test_reserved_process_makes_accounts_and_touches_no_group():
    assert rights("riservato", "utenti_utente") == {"SELECT", "INSERT", "UPDATE"}
    for table in ("utenti_utente_groups", "utenti_utente_user_permissions", "auth_group", "auth_group_permissions"):
        assert rights("riservato", table) == {"SELECT"}


@pytest.mark.parametrize("name", ["casi_di_domani", "tabella_qualsiasi"])
def test_new_table_is_closed_to_both_until_somebody_opens_it(name):
    ask(f'CREATE TABLE "{name}" (id int)')
    apply_grants()
    for role in ("pubblico", "riservato"):
        assert rights(role, name) == set()


def test_grants_given_by_hand_do_not_outlive_a_migration():
    ask("GRANT SELECT ON casi_caso TO pubblico")
    assert rights("pubblico", "casi_caso") == {"SELECT"}
    apply_grants()
    assert rights("pubblico", "casi_caso") == set()


def test_process_pubblico_knows_no_application_of_the_reserved_half():
    from portal.settings import pubblico, riservato

    assert not {"casi", "guardian"} & set(pubblico.INSTALLED_APPS)
    assert {"casi", "guardian"} <= set(riservato.INSTALLED_APPS)


def test_injected_sql_in_the_public_process_reaches_no_case(act_as):
    IncaricoFactory()
    act_as("pubblico")
    for statement in ("SELECT * FROM casi_caso", "DELETE FROM casi_caso", "INSERT INTO casi_registro DEFAULT VALUES"):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            ask(statement)
