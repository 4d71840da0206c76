"""Conventions of the models: words in the glossary, labels in gettext, what goes with what, personal data."""

import re

import pytest
from django.apps import apps
from django.db import models
from django.test.utils import isolate_apps
from django.utils.functional import Promise
from wagtail.fields import StreamField as WagtailStreamField

from portal.cms.fields import StreamField
from tests.support.sources import ROOT

OURS = ("home", "search", "catalogo", "cms", "utenti", "casi")
# A part goes with its whole; everything else is protected, or forgets what it pointed to.
PARTS = {
    "cms.Resa.image",  # one size of a picture
    "catalogo.AttivitaSettimanale.pagina",  # a line of a timetable
    "utenti.PersonaDemo.utente",  # what makes an account one of the demo's
    "utenti.TentativoDiCodice.utente",  # a count about the account, that lives a quarter of an hour
}
# Rows that no page ever shows.
NEVER_SHOWN = {
    "cms.Resa",
    "search.VoceIndice",
    "search.ParolaNota",
    "utenti.SessioneRiservata",
    "utenti.PersonaDemo",
    "utenti.TentativoDiCodice",
    "utenti.TentativoDiPassword",
    "casi.PermessoUtenteSuCaso",
    "casi.PermessoGruppoSuCaso",
}
# Guardian's own columns, which its base classes define; the row means nothing without either side.
OF_GUARDIAN = re.compile(r"^casi\.Permesso\w+\.(user|group|permission)$")


def our_models() -> list[type[models.Model]]:
    return [
        model
        for app in OURS
        for model in apps.get_app_config(app).get_models()
        if not model._meta.auto_created and not model._meta.proxy
    ]


def label(field: models.Field) -> str:
    return f"{field.model._meta.label}.{field.name}"


def cascades() -> list[models.Field]:
    return [
        field
        for model in our_models()
        for field in model._meta.local_fields
        if field.remote_field and field.remote_field.on_delete is models.CASCADE and is_declared_here(field)
    ]


def is_declared_here(field: models.Field) -> bool:
    """Not a link to the parent table, nor a column that a library's abstract model brings."""
    foreign = (base for base in field.model.__mro__ if hasattr(base, "_meta") and not is_ours(base))
    inherited = any(field.name == each.name for base in foreign for each in base._meta.local_fields)
    return not inherited and not getattr(field.remote_field, "parent_link", False)


def is_ours(model: type[models.Model]) -> bool:
    return model.__module__.startswith(("portal.", *(f"{app}." for app in OURS)))


def test_cascade_goes_only_from_a_part_to_its_whole():
    outside = {label(field) for field in cascades() if field.model._meta.app_label != "casi"}
    assert outside <= PARTS


def test_in_casi_only_a_part_of_a_case_goes_with_it():
    for field in cascades():
        if field.model._meta.app_label == "casi" and not OF_GUARDIAN.match(label(field)):
            assert field.related_model._meta.app_label == "casi", label(field)


def test_casi_never_forgets_what_it_points_to():
    loose = [
        label(field)
        for model in apps.get_app_config("casi").get_models()
        for field in model._meta.local_fields
        if field.remote_field and field.remote_field.on_delete not in {models.PROTECT, models.CASCADE}
    ]
    assert loose == []


def test_stream_fields_stay_out_of_migrations():
    """docs/decisions/0004-streamfield-senza-blocchi-nelle-migrazioni.md"""
    fields = [field for model in our_models() for field in model._meta.local_fields]
    heavy = [label(field) for field in fields if isinstance(field, WagtailStreamField)]
    assert heavy
    assert [each for each in fields if isinstance(each, WagtailStreamField) and not isinstance(each, StreamField)] == []


def test_every_model_is_in_the_glossary():
    known = set(re.findall(r"`(\w+)`", (ROOT / "docs" / "glossario.md").read_text()))
    assert [model._meta.label for model in our_models() if model.__name__ not in known] == []


def test_labels_of_models_and_fields_can_be_translated():
    shown = [model for model in our_models() if model._meta.label not in NEVER_SHOWN]
    plain = [model._meta.label for model in shown if not isinstance(model._meta.verbose_name, Promise)]
    fields = [label(field) for model in shown for field in model._meta.local_fields if needs_a_label(field)]
    assert (plain, fields) == ([], [])


def needs_a_label(field: models.Field) -> bool:
    shown = field.editable and not field.primary_key and is_declared_here(field) and label(field) not in PARTS
    return shown and not isinstance(field.verbose_name, Promise)


def unclassified(model: type[models.Model]) -> set[str]:
    """Fields that the nested `DatiPersonali` forgets, and names in it that are no field."""
    fields = {field.name for field in model._meta.local_concrete_fields}
    stated = getattr(model, "DatiPersonali", None)
    classified = {name for name in vars(stated) if not name.startswith("_")} if stated else set()
    return fields ^ classified


def test_every_field_of_a_case_is_classified():
    gaps = {model.__name__: unclassified(model) for model in apps.get_app_config("casi").get_models()}
    assert {model: fields for model, fields in gaps.items() if fields} == {}


@isolate_apps("casi")
def test_an_unclassified_field_is_noticed():
    class Nota(models.Model):
        testo = models.TextField()

        class Meta:
            app_label = "casi"

        class DatiPersonali:
            id = "tecnico"
            autore = "personale"

        def __str__(self) -> str:
            return str(self.pk)

    assert unclassified(Nota) == {"testo", "autore"}


@isolate_apps("casi")
def test_a_model_without_classification_is_noticed():
    class Nota(models.Model):
        class Meta:
            app_label = "casi"

        def __str__(self) -> str:
            return str(self.pk)

    assert unclassified(Nota) == {"id"}


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_model_has_a_docstring_that_says_why(model):
    assert model.__doc__
    assert not model.__doc__.startswith(f"{model.__name__}(")
