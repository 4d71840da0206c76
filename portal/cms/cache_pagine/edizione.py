"""The edition of the public contents: it changes with every committed change, whoever makes it and however.

Triggers write it, so that bulk updates, raw SQL, the worker and a second server count like the editor's form.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

from django.core.cache import caches
from django.db import connection, connections
from wagtail.models import Site

# Tables whose rows no page for anonymous readers shows. Whatever is not named here is watched, new tables included.
NON_OSSERVATE = (
    "account_",
    "auth_",
    "axes_",
    "casi_",
    "cms_edizione",
    "cms_modifica",
    "django_",
    "guardian_",
    "mfa_",
    "search_parolacercata",
    "search_ricercavista",
    "search_saledelgiorno",
    "socialaccount_",
    "usersessions_",
    "utenti_",
    "wagtailadmin_",
    "wagtailusers_",
)
EVENTI = "INSERT OR UPDATE OR DELETE OR TRUNCATE"
# A size of a picture is made by the first reader who needs it: that alone changes no other page.
EVENTI_PER_TABELLA = {"cms_resa": "UPDATE OR DELETE OR TRUNCATE"}

_WATCHED = """
    SELECT c.relname, t.oid IS NOT NULL
    FROM pg_class c LEFT JOIN pg_trigger t ON t.tgrelid = c.oid AND t.tgname = 'annota_modifica'
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
"""
_CURRENT = "SELECT (SELECT generazione FROM cms_edizione), count(*), max(id) FROM cms_modifica"


class Edizione(NamedTuple):
    """Two moments with the same edition show the same contents.

    Within a generation rows of cms_modifica are only added, so their number grows with every commit; a generation
    never comes back. The last id tells apart what was rolled back from what took its place.
    """

    generazione: int
    modifiche: int
    ultima: int | None


def current() -> Edizione:
    """The edition as this transaction sees it: one query on a table of a few hundred rows at most."""
    with connection.cursor() as cursor:
        cursor.execute(_CURRENT)
        return Edizione(*cursor.fetchone())


# The edition a page began with, for the rest of its making: what is read later can only be newer.
DELLA_PAGINA: ContextVar["Edizione | None"] = ContextVar("edizione", default=None)


def known() -> Edizione:
    """The edition of the page being made, or else the current one."""
    return DELLA_PAGINA.get() or current()


@contextmanager
def of_page(edizione: Edizione) -> Iterator[None]:
    token = DELLA_PAGINA.set(edizione)
    try:
        yield
    finally:
        DELLA_PAGINA.reset(token)


def is_watched(table: str) -> bool:
    return not table.startswith(NON_OSSERVATE)


def watch_tables(using: str = "default", **kwargs: object) -> None:
    """Give every watched table its trigger, take it from the others; runs after each migration."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT to_regproc('public.cms_annota_modifica')")
        if cursor.fetchone()[0] is None:
            return
        cursor.execute(_WATCHED)
        for table, has_trigger in cursor.fetchall():
            if is_watched(table) and not has_trigger:
                events = EVENTI_PER_TABELLA.get(table, EVENTI)
                cursor.execute(
                    f'CREATE TRIGGER annota_modifica AFTER {events} ON "{table}" '
                    "FOR EACH STATEMENT EXECUTE FUNCTION cms_annota_modifica()"
                )
            elif has_trigger and not is_watched(table):
                cursor.execute(f'DROP TRIGGER annota_modifica ON "{table}"')


def forget_old_contents() -> None:
    """Empty what Wagtail itself remembers in this process: site roots for an hour, picture sizes for minutes."""
    Site.clear_site_root_paths_cache()
    caches["renditions"].clear()
