"""Our own operation for migrations: many tables in one step."""

import pytest
from django.db import connection, models
from django.db.migrations import CreateModel
from django.db.migrations.state import ProjectState

from portal.cms.migrazioni import CreaInsieme

TABELLE = {"cms_ramo", "cms_foglia", "cms_foglia_vicine"}


def operations() -> list[CreateModel]:
    key = ("id", models.BigAutoField(primary_key=True))
    tied = [("ramo", models.ForeignKey("cms.ramo", models.PROTECT)), ("vicine", models.ManyToManyField("cms.foglia"))]
    return [CreateModel("Ramo", [key]), CreateModel("Foglia", [key, *tied])]


def test_models_created_together_are_those_created_one_by_one():
    together, one_by_one = ProjectState(), ProjectState()
    CreaInsieme(operations()).state_forwards("cms", together)
    for each in operations():
        each.state_forwards("cms", one_by_one)
    assert together == one_by_one
    assert together.apps.get_model("cms", "Foglia")._meta.get_field("ramo").related_model._meta.label == "cms.Ramo"


def test_models_drawn_before_are_forgotten_until_somebody_asks():
    state = ProjectState()
    assert not list(state.apps.get_models())
    CreaInsieme(operations()).state_forwards("cms", state)
    assert "apps" not in vars(state)
    assert {model.__name__ for model in state.apps.get_models()} == {"Ramo", "Foglia"}


@pytest.mark.django_db
def test_tables_are_made_and_taken_away_again():
    before, after, both = ProjectState(), ProjectState(), CreaInsieme(operations())
    both.state_forwards("cms", after)
    with connection.schema_editor() as editor:
        both.database_forwards("cms", editor, before, after)
    assert set(connection.introspection.table_names()) >= TABELLE
    with connection.schema_editor() as editor:
        both.database_backwards("cms", editor, after, before)
    assert not TABELLE & set(connection.introspection.table_names())
