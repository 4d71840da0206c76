"""Correcting a record without losing what it said: the old values are kept with the new ones, in one transaction."""

import json
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import Field, Model
from django.utils import timezone
from django.utils.translation import gettext as _

from casi.actions.versioni import save_version
from casi.attore import Attore
from casi.models import Componente, LegameSociale, Persona, PrimoAscolto, Residenza, Storico

Riga = TypeVar("Riga", bound=Model)
# Which column of the history points to which record.
DI: dict[type[Model], str] = {
    Persona: "persona",
    Componente: "componente",
    Residenza: "residenza",
    LegameSociale: "legame",
    PrimoAscolto: "ascolto",
}


def correct(riga: Riga, *, by: Attore, letta: int, perche: str = "") -> Riga:
    """As `save_version`, and keeps what the row said. Raises Superato, ValidationError: then nothing is kept."""
    keep(riga, by=by, perche=perche)
    return save_version(riga, letta=letta)


def keep(riga: Model, *, by: Attore, perche: str = "") -> None:
    """What the database says of the fields that `riga`, about to be saved, says otherwise; nothing where none does."""
    before = type(riga)._default_manager.get(pk=riga.pk)
    changed = [field for field in _written(riga) if _value(before, field) != _value(riga, field)]
    if changed:
        old = {field.name: _said(before, field) for field in changed}
        kept = Storico(scritto_da=by.operatore, perche=perche, valori=json.dumps(old, ensure_ascii=False))
        setattr(kept, DI[type(riga)], riga)
        kept.save(force_insert=True)


def keep_removed(riga: Residenza, *, by: Attore, perche: str) -> None:
    """Before it is deleted: all it says, and what it said before, as said of the person herself."""
    Storico.objects.filter(residenza=riga).update(residenza=None, persona=riga.persona_id)
    said = {field.name: _said(riga, field) for field in _written(riga) if field.name != "persona"}
    old = json.dumps({name: text for name, text in said.items() if text}, ensure_ascii=False)
    Storico(persona=riga.persona, scritto_da=by.operatore, valori=old, perche=perche).save(force_insert=True)


def _written(riga: Model) -> list[Field]:
    """The fields that people write."""
    return [field for field in riga._meta.local_fields if field.editable and not field.primary_key]


def _value(riga: Model, field: Field) -> Any:
    return getattr(riga, field.attname)


def _said(riga: Model, field: Field) -> str:
    """As a person reads it, whatever the lists it was chosen from become; empty where nothing was said."""
    value = getattr(riga, field.name)
    if value in (None, "", []):
        return ""
    if field.choices:
        return str(getattr(riga, f"get_{field.name}_display")())
    if isinstance(value, bool):
        return _("sì") if value else _("no")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%d/%m/%Y}"
    return ", ".join(value) if isinstance(value, list) else str(value)
