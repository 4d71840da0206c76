"""Grants of the two process roles, applied after each migration: the wall between the halves, in the database.

- `pubblico` has no right at all on the tables of casi, of guardian and of the reserved sessions;
- `riservato` works on casi and its own sessions, and reads of the rest only what it needs to name people and places.
Sources: architecture.md §3, security.md §3.
"""

from django.db import connections

ROLES = ("pubblico", "riservato")
RESERVED_PREFIXES = ("casi_", "guardian_", "utenti_sessioneriservata")
# What the reserved process may change outside casi: sign-in, second factor, throttling, its task queue.
RISERVATO_WRITES = (
    "utenti_utente",
    "utenti_sessioneriservata",
    "account_",
    "mfa_",
    "axes_",
    "django_tasks",
    "casi_",
    "guardian_",
)
APPEND_ONLY = ("casi_registro",)


def apply_grants(using: str = "default", **kwargs: object) -> None:
    """Revoke everything and grant anew, for the roles that exist on this server."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolname FROM pg_roles WHERE rolname = ANY(%s)", [list(ROLES)])
        roles = {name for (name,) in cursor.fetchall()}
        tables = connection.introspection.table_names(cursor)
        for role in sorted(roles):
            for statement in grants(role, tables):
                cursor.execute(statement)


def grants(role: str, tables: list[str]) -> list[str]:
    """The statements for one role. `tables`: every table of the public schema."""
    allowed = _grants_pubblico if role == "pubblico" else _grants_riservato
    statements = [
        f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {role}",
        f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {role}",
        f"GRANT USAGE ON SCHEMA public TO {role}",
    ]
    for table in tables:
        if rights := allowed(table):
            statements.append(f'GRANT {rights} ON "{table}" TO {role}')
    return statements


def _grants_pubblico(table: str) -> str:
    if table.startswith(RESERVED_PREFIXES):
        return ""
    return "SELECT" if table == "django_migrations" else "SELECT, INSERT, UPDATE, DELETE"


def _grants_riservato(table: str) -> str:
    if table.startswith(APPEND_ONLY):
        return "SELECT, INSERT"
    if table.startswith(RISERVATO_WRITES):
        return "SELECT, INSERT, UPDATE, DELETE"
    return "" if table == "django_session" else "SELECT"
