"""Health: a probe needs no host name, session or language, and is told what is wrong."""

from collections import namedtuple
from contextlib import contextmanager
from shutil import disk_usage

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import OperationalError, connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import override_settings

from portal.salute import answer_health, disco


@contextmanager
def broken(error: Exception):
    """A database that answers nothing, for the given reason."""

    def refuse(*args, **kwargs):
        raise error

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "cursor", refuse)
        yield


def test_live_needs_no_database(client):
    with broken(OperationalError("spento")):
        response = client.get("/salute/viva")
    assert (response.status_code, response.json()) == (200, {"stato": "viva"})


@pytest.fixture(autouse=True)
def public(settings):
    """What the public process asks in production."""
    settings.PRONTA = ["portal.salute.disco"]


@contextmanager
def disk_with(free: int):
    """Of a hundred."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("portal.salute.disk_usage", lambda folder: namedtuple("Uso", "total used free")(100, 0, free))
        yield


@pytest.mark.parametrize(("free", "problems"), [(10, None), (9, ["disco"]), (0, ["disco"])])
def test_not_ready_on_a_disk_that_is_nearly_full(client, db, free, problems):
    with disk_with(free):
        response = client.get("/salute/pronta")
    assert (response.status_code, response.json().get("problemi")) == (503 if problems else 200, problems)


def test_disk_is_that_of_the_data_or_of_where_they_will_be(settings, tmp_path):
    settings.DATI_DIR = tmp_path / "non" / "ancora"
    asked = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("portal.salute.disk_usage", lambda folder: asked.append(folder) or disk_usage(folder))
        disco()
    assert asked == [tmp_path]


def test_ready_when_database_answers_and_is_migrated(client, db):
    response = client.get("/salute/pronta")
    assert (response.status_code, response.json()) == (200, {"stato": "pronta"})


@pytest.mark.parametrize("error", [OperationalError("spento"), ImproperlyConfigured("DATABASE_URL manca")])
def test_not_ready_without_a_database(client, db, error):
    with broken(error):
        response = client.get("/salute/pronta")
    assert response.status_code == 503
    assert response.json() == {"stato": "non pronta", "problemi": ["database", "migrazioni"]}


def test_not_ready_while_a_migration_is_missing(client, db):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'home'")
    response = client.get("/salute/pronta")
    assert (response.status_code, response.json()["problemi"]) == (503, ["migrazioni"])


def test_not_ready_before_the_first_migration(client, db):
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE django_migrations RENAME TO altrove")
    response = client.get("/salute/pronta")
    assert (response.status_code, response.json()["problemi"]) == (503, ["migrazioni"])


def test_probe_asks_the_database_one_question(db, django_assert_num_queries):
    answer_health("/salute/pronta")  # reads the files of the migrations, once per process
    with django_assert_num_queries(1):
        assert answer_health("/salute/pronta").status_code == 200


@override_settings(ALLOWED_HOSTS=["portale.esempio.it"])
def test_probe_by_address_is_answered(client, db):
    assert client.get("/salute/pronta", headers={"host": "10.0.0.7"}).status_code == 200


def test_health_is_kept_by_nobody_and_sets_nothing(client, db):
    response = client.get("/salute/pronta")
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


@pytest.mark.parametrize("path", ["/salute/", "/salute/vivace", "/Salute/viva", "/servizi/"])
def test_other_addresses_are_not_health(path):
    assert answer_health(path) is None
