"""What people write in the area is sealed in the database, field by field: what stays in the clear is named here."""

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models

from casi.forms.ascolti import AscoltoForm
from casi.forms.conservazione import AttoModulo
from casi.forms.persone import PersonaForm
from casi.models import Persona, campi

# Why a text that is chosen from no list is in the clear, and which are: nothing said of a person in free words.
IN_CHIARO = {
    "parole dell'ufficio, non di una persona": {
        "Informativa.versione", "Informativa.testo", "ClasseConservazione.codice", "ClasseConservazione.descrizione",
        "ClasseConservazione.evento",
    },
    "codici di un vocabolario": {
        "Richiesta.bisogni", "Richiesta.lingua", "PrimoAscolto.bisogni", "Informativa.lingua", "Passaggio.passo",
        "Bozza.modulo",
    },
    "numeri dati dal sistema": {"Caso.numero", "Richiesta.codice", "Segnalazione.codice"},
    "indici ciechi e impronte": {
        "Persona.indice_cf", "Persona.indice_nome", "Persona.indice_suono", "PrimoAscolto.indice_sigla",
        "ControlloChiave.indice", "Freno.impronta", "Registro.sessione", "Registro.precedente", "Registro.impronta",
        "TestaRegistro.impronta", "AncoraRegistro.impronta",
    },
    "scritti dal sistema": {
        "ControlloChiave.nome", "VoceScarto.oggetto", "Allegato.tipo", "Fusione.spostati", "Operazione.destinazione",
        "Registro.ente_nome", "Registro.ruolo", "Registro.azione", "Registro.oggetto", "Registro.finalita",
    },
}  # fmt: skip


def holds_words(field: models.Field) -> bool:
    inner = field.base_field if isinstance(field, ArrayField) else field
    return isinstance(inner, models.CharField | models.TextField | models.JSONField) and not inner.choices


def texts() -> dict[str, models.Field]:
    """Every column of the area in which any word may be written."""
    rows = apps.get_app_config("casi").get_models()
    return {
        f"{row.__name__}.{field.name}": field for row in rows for field in row._meta.local_fields if holds_words(field)
    }


def test_every_text_that_people_write_is_sealed_but_those_named():
    in_clear = {name for name, field in texts().items() if not isinstance(field, campi.TestoCifrato)}
    assert in_clear == set().union(*IN_CHIARO.values())


def test_day_of_birth_is_sealed_like_a_text():
    assert isinstance(Persona._meta.get_field("data_nascita"), campi.DataCifrata)


@pytest.mark.parametrize(
    ("form", "name", "most"), [(AscoltoForm, "sigla", 20), (PersonaForm, "lingua", 40), (AttoModulo, "atto", 160)]
)
def test_form_stops_at_a_length_that_a_sealed_column_knows_nothing_of(form, name, most):
    field = form.base_fields[name]
    assert field.clean("x" * most) == "x" * most
    with pytest.raises(ValidationError):
        field.clean("x" * (most + 1))
    assert field.widget.input_type == "text"
