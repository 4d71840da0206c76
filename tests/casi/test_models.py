"""Conventions of every model of the case area."""

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from casi.dati_personali import Dato
from casi.models import Caso
from casi.models.caso import new_numero
from tests.factories.casi import CasoFactory
from tests.factories.catalogo import EnteFactory

MODELS = list(apps.get_app_config("casi").get_models())
PARTS_OF_A_CASE = {"Ammissione.caso", "Incarico.caso", "PermessoUtenteSuCaso.content_object"}
BY_GUARDIAN = {f"{name}.{field}" for name in ("PermessoUtenteSuCaso", "PermessoGruppoSuCaso")
               for field in ("permission", "user", "group", "content_object")}  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_is_classified(model):
    classified = {name for name, value in vars(model.DatiPersonali).items() if isinstance(value, Dato)}
    assert classified == {field.name for field in model._meta.local_fields}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_foreign_keys_protect_unless_they_lead_from_a_part_to_its_whole(model):
    for field in model._meta.local_fields:
        if field.is_relation and f"{model.__name__}.{field.name}" not in PARTS_OF_A_CASE | BY_GUARDIAN:
            assert field.remote_field.on_delete is models.PROTECT, field


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_str_is_a_number_and_nothing_else(model):
    caso = Caso(ente_titolare=EnteFactory.build(nome="Canarino"))
    row = caso if model is Caso else model(pk=7)
    assert "Canarino" not in f"{row} {row!r}"
    assert str(row) == (caso.numero if model is Caso else f"{str(row).rpartition(' ')[0]} 7")


def test_numero_is_opaque_and_never_a_word():
    numbers = {new_numero() for _ in range(200)}
    assert len(numbers) == 200
    assert not set("".join(numbers)) & set("AEIOU01L")


@pytest.mark.django_db
@pytest.mark.parametrize("values", [{"stato": "inventato"}, {"numero": "C-MARIO1"}])
def test_database_refuses_unknown_states_and_speaking_numbers(values):
    caso = CasoFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Caso.objects.filter(pk=caso.pk).update(**values)
