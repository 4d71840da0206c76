"""Columns that keep their text encrypted (casi.crypto): read and written through their row, and in no other way."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models.query_utils import DeferredAttribute

from casi import crypto


class Sigillato(bytes):
    """What the database holds."""


class _Segreto(DeferredAttribute):
    """Opens the value when it is asked for; an untouched one is saved as it was."""

    def __get__(self, instance: models.Model | None, cls: type[models.Model] | None = None) -> Any:
        value = super().__get__(instance, cls)
        field: Any = self.field
        return field.opened(value, instance) if isinstance(value, Sigillato) else value

    def __set__(self, instance: models.Model, value: Any) -> None:
        # An empty column is an empty text, as in any other text column of Django.
        instance.__dict__[self.field.attname] = self.field.empty if value is None else value  # type: ignore[attr-defined]


class TestoCifrato(models.TextField):
    """Text, sealed for its very row and column. No lookup but `isnull`, no `update()`, no primary key by sequence."""

    descriptor_class = _Segreto
    empty: Any = ""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["null"] = True
        super().__init__(*args, **kwargs)

    def get_internal_type(self) -> str:
        return "BinaryField"

    def contribute_to_class(self, cls: type[models.Model], name: str, private_only: bool = False) -> None:
        super().contribute_to_class(cls, name, private_only)
        setattr(cls, self.attname, _Segreto(self))

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None

    def get_default(self) -> Any:
        return super().get_default() if self.has_default() else self.empty

    def contesto(self, instance: models.Model) -> str:
        if instance.pk is None:
            raise TypeError(f"{self}: la riga non ha ancora una chiave a cui legare il testo.")
        return f"{self.model._meta.label_lower}.{self.name}:{instance.pk}"

    def opened(self, token: Sigillato, instance: models.Model) -> Any:
        return self.to_python(crypto.decrypt(token, contesto=self.contesto(instance)).decode())

    def as_text(self, value: Any) -> str:
        return str(value)

    def from_db_value(self, value: Any, *args: Any) -> Sigillato | None:
        return None if value is None else Sigillato(value)

    def pre_save(self, model_instance: models.Model, add: bool) -> Sigillato | None:
        value = model_instance.__dict__[self.attname]
        if isinstance(value, Sigillato):
            return value
        if value == self.empty:
            return None
        return Sigillato(crypto.encrypt(self.as_text(value).encode(), contesto=self.contesto(model_instance)))

    def get_prep_value(self, value: Any) -> Any:
        return value

    def get_db_prep_value(self, value: Any, connection: Any, prepared: bool = False) -> Any:
        if value is None or isinstance(value, Sigillato):
            return None if value is None else bytes(value)
        raise TypeError(f"{self} si scrive solo salvando la sua riga: qui finirebbe in chiaro.")

    def value_to_string(self, obj: models.Model) -> str:
        raise TypeError(f"{self} non si esporta.")


class DataCifrata(TestoCifrato):
    """A day, sealed like a text; None when it is not known."""

    empty = None

    def to_python(self, value: Any) -> date | None:
        return models.DateField().to_python(value)

    def as_text(self, value: date) -> str:
        return value.isoformat()

    def formfield(self, **kwargs: Any) -> Any:
        return models.DateField(self.verbose_name, blank=self.blank, help_text=self.help_text).formfield(**kwargs)
