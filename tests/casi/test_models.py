"""Conventions of every model of the case area."""

import pytest
from django.apps import apps
from django.db import IntegrityError, models, transaction

from casi.dati_personali import Dato
from casi.models import Caso
from casi.models.caso import new_numero
from tests.factories.casi import CasoFactory

MODELS = list(apps.get_app_config("casi").get_models())
# A part goes with its whole.
PARTS = {
    "Avviso.caso",
    "AccessoEmergenza.caso",
    "Affidamento.area",
    "Affidamento.voce",
    "Allegato.caso",
    "Ammissione.caso",
    "Componente.nucleo",
    "ComponenteTolto.nucleo",
    "Destinatario.area",
    "Destinatario.voce",
    "Incarico.caso",
    "Incompatibilita.caso",
    "Intervento.caso",
    "LegameSociale.nucleo",
    "NominatoAlSigillo.caso",
    "Opposizione.caso",
    "Oscuramento.allegato",
    "Oscuramento.ascolto",
    "Oscuramento.caso",
    "Oscuramento.intervento",
    "Oscuramento.valutazione",
    "Oscuramento.voce",
    "Passaggio.caso",
    "PermessoUtenteSuCaso.content_object",
    "PresaInCarico.caso",
    "Proposta.caso",
    "Residenza.persona",
    "Storico.ascolto",
    "Storico.componente",
    "Storico.legame",
    "Storico.persona",
    "Storico.residenza",
    "Valutazione.caso",
    "VoceDiario.caso",
    "VoceScarto.scarto",
    "VoceValutazione.valutazione",
    "VoceValutazioneRiservata.valutazione",
}
# Rows that tell of no person are called by what they are.
OF_NOBODY = {"AncoraRegistro", "ClasseConservazione", "ControlloChiave", "Informativa", "TestaRegistro"}
BY_GUARDIAN = {f"{name}.{field}" for name in ("PermessoUtenteSuCaso", "PermessoGruppoSuCaso")
               for field in ("permission", "user", "group", "content_object")}  # fmt: skip


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_field_is_classified(model):
    classified = {name for name, value in vars(model.DatiPersonali).items() if isinstance(value, Dato)}
    assert classified == {field.name for field in model._meta.local_fields}


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_foreign_keys_protect_unless_they_lead_from_a_part_to_its_whole(model):
    for field in model._meta.local_fields:
        if field.is_relation and f"{model.__name__}.{field.name}" not in PARTS | BY_GUARDIAN:
            assert field.remote_field.on_delete is models.PROTECT, field


@pytest.mark.parametrize(
    "model", [each for each in MODELS if each.__name__ not in OF_NOBODY], ids=lambda model: model.__name__
)
def test_str_is_an_opaque_number_and_nothing_else(model):
    row = model(**{field.name: "Canarino" for field in model._meta.local_fields if isinstance(field, models.TextField)})
    row.pk = row.pk or 7
    known = {str(row.pk), getattr(row, "numero", ""), getattr(row, "codice", "")}
    assert "Canarino" not in f"{row} {row!r}"
    assert str(row).rpartition(" ")[2] in known


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
