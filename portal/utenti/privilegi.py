"""Grants of the two process roles, applied after each migration: the wall between the halves, in the database.

- `pubblico` has no right at all on the tables of casi, of guardian and of the reserved sessions;
- `riservato` works on casi and its own sessions, makes accounts and accredits bodies and people (`RETE`), and only
  reads the rest;
- `pubblico` only reads who is accredited: no way from the editors' admin to a tie that opens cases;
- a table that neither a model nor this list knows is nobody's; neither role may create, alter or truncate.
Sources: architecture.md §3, security.md §3.
"""

from collections.abc import Iterable

from django.apps import apps
from django.db import connections

ROLES = ("pubblico", "riservato")
RESERVED_APPS = frozenset({"casi", "guardian"})
RESERVED_TABLES = frozenset({"utenti_sessioneriservata"})
# Counted by both: how many wrong codes and passwords an account has been given.
SHARED_TABLES = frozenset({"utenti_tentativodicodice", "utenti_tentativodipassword"})
# What the reserved process may change outside casi: sign-in, second factor, throttling, its task queue.
APPEND_ONLY = frozenset({"casi_registro"})
# What the owner alone writes: heads of the register, trials of the keys, retention classes.
READ_BY_RISERVATO = frozenset(
    {"casi_testaregistro", "casi_ancoraregistro", "casi_controllochiave", "casi_classeconservazione"}
)
RISERVATO_CHANGES = frozenset({"account", "mfa", "socialaccount", "axes", "django_tasks_database"})
NEVER_DELETED = frozenset({"utenti_utente"})
# Who is in the network, and who acts for whom: written by the reserved process alone, ended and never deleted.
RETE = frozenset({"catalogo_accordo", "catalogo_adesione", "catalogo_operatore"})
# Tables without a model, by application: both processes read them (health, edition of the public contents).
READ_ONLY = {"django_migrations": "migrations", "cms_edizione": "cms", "cms_modifica": "cms"}
NOT_FOR_RISERVATO = frozenset({"django_session"})

ALL = "SELECT, INSERT, UPDATE, DELETE"


def apply_grants(using: str = "default", **kwargs: object) -> None:
    """Revoke everything and grant anew, for the roles that exist on this server."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(ROLES)])
        roles = {name for (name,) in cursor.fetchall()}
        existing = set(connection.introspection.table_names(cursor))
        owners = {table: label for table, label in owned_tables() if table in existing}
        for role in sorted(roles):
            for statement in grants(role, owners):
                cursor.execute(statement)


def owned_tables() -> Iterable[tuple[str, str]]:
    """Each table with the label of the application whose model it keeps."""
    yield from READ_ONLY.items()
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed:
            yield model._meta.db_table, model._meta.app_label


def grants(role: str, owners: dict[str, str]) -> list[str]:
    """The statements for one role. `owners`: label of the application by table."""
    allowed = rights_of_pubblico if role == "pubblico" else rights_of_riservato
    statements = [
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f"REVOKE ALL ON SCHEMA public FROM {role}",
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}",
        f"GRANT USAGE ON SCHEMA public TO {role}",
    ]
    for table, label in sorted(owners.items()):
        if rights := allowed(table, label):
            statements.append(f'GRANT {rights} ON "{table}" TO {role}')
    return statements


def rights_of_pubblico(table: str, label: str) -> str:
    if label in RESERVED_APPS or table in RESERVED_TABLES:
        return ""
    if table in READ_ONLY or table in RETE:
        return "SELECT"
    return "SELECT, INSERT, UPDATE" if table in NEVER_DELETED else ALL


def rights_of_riservato(table: str, label: str) -> str:
    if table in NOT_FOR_RISERVATO or label == "guardian":  # guardian's generic tables stay empty: we have our own
        return ""
    if table in APPEND_ONLY:
        return "SELECT, INSERT"
    if table in READ_BY_RISERVATO:
        return "SELECT"
    if table in NEVER_DELETED or table in RETE:
        return "SELECT, INSERT, UPDATE"
    if label == "casi" or label in RISERVATO_CHANGES or table in RESERVED_TABLES | SHARED_TABLES:
        return ALL
    return "SELECT"
