"""The edition of the contents changes with every change that a page could show, however it is made."""

import psycopg
import pytest
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import ProgrammingError, connection
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site

from catalogo.models import Bisogno, ServizioPage
from home.models import HomePage
from portal.cms.cache_pagine import edizione
from portal.cms.cache_pagine.edizione import current
from portal.cms.models import Immagine, Resa
from tests.factories.catalogo import DestinatariFactory, ServizioPageFactory
from tests.factories.portal import UtenteFactory

pytestmark = pytest.mark.django_db


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def scheduled(scheda: ServizioPage) -> None:
    scheda.go_live_at = timezone.now()
    scheda.save_revision(approved_go_live_at=scheda.go_live_at)
    before = current()
    call_command("publish_scheduled")
    assert current() != before
    assert scheda.latest_revision.as_object().title == scheda.title


CHANGES = {
    "publish": lambda scheda: scheda.save_revision().publish(),
    "scheduled publish": scheduled,
    "unpublish": lambda scheda: scheda.unpublish(),
    "delete": lambda scheda: scheda.delete(),
    "move": lambda scheda: scheda.move(ServizioPageFactory().get_parent()),
    "restriction": lambda scheda: PageViewRestriction.objects.create(page=scheda, restriction_type="login"),
    "relation": lambda scheda: scheda.destinatari.through.objects.create(
        serviziopage=scheda, destinatari=DestinatariFactory()
    ),
    "vocabulary": lambda scheda: scheda.tipo.save(),
    "vocabulary in bulk": lambda scheda: Bisogno.objects.bulk_create([Bisogno(codice="x", nome="X", tassello="x")]),
    "body": lambda scheda: scheda.ente.save(),
    "municipality in bulk": lambda scheda: type(scheda.comune).objects.update(nome="Altrove"),
    "site": lambda scheda: Site.objects.update(site_name="Rete"),
    "redirect": lambda scheda: Redirect.objects.create(old_path="/vecchio", redirect_page=scheda),
    "home page": lambda scheda: HomePage.objects.update(telefono_ascolto="0000"),
    "raw sql": lambda scheda: sql("UPDATE wagtailcore_page SET title = 'Altro'"),
    "truncate": lambda scheda: sql("TRUNCATE wagtailredirects_redirect"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_edition_changes_with_contents(change):
    scheda = ServizioPageFactory()
    before = current()
    change(scheda)
    assert current() != before


def test_edition_changes_with_pictures_but_not_with_their_sizes():
    immagine = Immagine.objects.create(title="Pane", file="pane.png", width=1, height=1)
    before = current()
    resa = Resa.objects.create(image=immagine, filter_spec="original", file="r.png", width=1, height=1)
    assert current() == before
    resa.delete()
    changed = current()
    Immagine.objects.update(testo_alternativo="Una pagnotta")
    assert len({before, changed, current()}) == 3


def test_edition_does_not_change_with_what_no_page_shows():
    before = current()
    utente = UtenteFactory()
    utente.save()
    Session.objects.create(session_key="x", session_data="x", expire_date=timezone.now())
    assert current() == before


def test_every_table_is_watched_unless_named():
    with connection.cursor() as cursor:
        cursor.execute(edizione._WATCHED)
        tables = dict(cursor.fetchall())
    wrong = [table for table, watched in tables.items() if watched != edizione.is_watched(table)]
    assert not wrong
    assert {"wagtailcore_page", "catalogo_serviziopage", "wagtailcore_site"} <= {t for t, w in tables.items() if w}
    # What is listed as unwatched must exist, or the list grows old.
    optional = ("casi_", "socialaccount_", "usersessions_")
    for prefix in set(edizione.NON_OSSERVATE) - set(optional):
        assert any(table.startswith(prefix) for table in tables), prefix


def test_watch_tables_covers_new_tables_and_frees_unwatched_ones():
    sql("CREATE TABLE novita (id int)")
    edizione.watch_tables()
    before = current()
    sql("INSERT INTO novita VALUES (1)")
    assert current() != before
    sql("ALTER TABLE novita RENAME TO django_novita")
    edizione.watch_tables()
    before = current()
    sql("INSERT INTO django_novita VALUES (1)")
    assert current() == before


def test_edition_never_comes_back_over_generations():
    seen = set()
    for _number in range(600):
        sql("UPDATE wagtailcore_site SET port = port")
        seen.add(current())
    assert len(seen) == 600
    assert len({state.generazione for state in seen}) > 2
    assert current().modifiche < 300


def test_edition_does_not_come_back_after_a_rollback():
    sql("SAVEPOINT prova")
    sql("UPDATE wagtailcore_site SET port = port")
    undone = current()
    sql("ROLLBACK TO SAVEPOINT prova")
    sql("UPDATE wagtailcore_site SET port = port")
    assert current() != undone


@pytest.fixture
def other_process(db):
    """A connection of its own, as another process has; what it commits here changes no row."""
    params = connection.get_connection_params()
    known = {name: params[name] for name in ("dbname", "user", "password", "host", "port") if params.get(name)}
    with psycopg.connect(**known) as other:
        yield other


def test_edition_changes_when_another_process_commits_and_not_before(other_process):
    before = current()
    other_process.execute("UPDATE wagtailcore_site SET port = port")
    assert current() == before
    other_process.commit()
    assert current() != before


def test_writers_do_not_wait_for_each_other(other_process):
    """Both hold uncommitted changes, across the end of a generation: with one counter the second would hang."""
    other_process.execute("SET statement_timeout = '5s'")
    for _number in range(300):
        sql("UPDATE wagtailcore_site SET port = port")
    for _number in range(300):
        other_process.execute("UPDATE wagtailcore_locale SET language_code = language_code WHERE false")
    other_process.rollback()


def test_public_process_reads_and_moves_the_edition_without_the_right_to_write_it():
    before = current()
    sql("SET LOCAL ROLE pubblico")
    sql("UPDATE wagtailcore_site SET port = port")
    assert current() != before
    with pytest.raises(ProgrammingError, match="permission denied"):
        sql("INSERT INTO cms_modifica DEFAULT VALUES")


def test_forget_old_contents_empties_what_wagtail_remembers():
    before = Site.get_site_root_paths()
    Site.objects.update(hostname="altrove.example")
    assert Site.get_site_root_paths() == before
    edizione.forget_old_contents()
    assert Site.get_site_root_paths() != before
