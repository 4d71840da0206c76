"""What every form of the area has: a key that makes it count once, and the version it was opened on."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

DI_DJANGO = "---------"  # what a choice among rows says before one is made, where nothing else was written
DI_DJANGO_SE_MANCA = forms.Field.default_error_messages["required"]
TROPPO_CORTO = _("Scrivi qualcosa di più: almeno %(limit_value)d lettere.")
MANCA = _("Manca: serve per andare avanti.")
Passi = tuple[tuple[Any, tuple[str, ...]], ...]  # the title of each step, the names of its fields


class Modulo(forms.Form):
    """`bozza` names the draft that keeps what is typed; empty for a form of a line or two, which keeps none.

    A form about a row with a `versione` gets it through `initial["versione"]` and gives it back in `cleaned_data`.
    """

    bozza = ""
    PASSI: Passi = ()  # a long form in steps
    ripresa = scaduto = False  # what is in it was typed before: kept as a draft, sent too late
    guasto = False  # what is in it could not be kept
    NON_FATTO: Any = _("Non è ancora salvato. Quello che hai scritto è rimasto qui sotto.")  # above what is wrong
    scritto: Sequence[str] = ()  # the words that were sent, for a page that has no such form any more
    chiave = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    versione = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    TECHNICAL = frozenset({"chiave", "versione"})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages["min_length"] = TROPPO_CORTO
            if field.error_messages["required"] is DI_DJANGO_SE_MANCA:
                field.error_messages["required"] = MANCA
            if getattr(field, "empty_label", None) == DI_DJANGO:
                field.empty_label = _("Scegli…")  # type: ignore[attr-defined]

    def riprendi(self, texts: Mapping[str, list[str]]) -> None:
        """Put back what was typed before, and the version it was typed on: not the key, nor a tick that passes over a
        doubt. A box that was left empty is empty again."""
        data = QueryDict(mutable=True)
        for name, values in texts.items():
            data.setlist(name, values)
        for name, field in self.fields.items():
            typed = texts and not field.widget.value_omitted_from_data(data, {}, name)
            if typed and (name == "versione" or name not in self.TECHNICAL):
                self.initial[name] = field.widget.value_from_datadict(data, {}, name)

    @property
    def passi(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """The steps of a long form, each with its fields; none for a form of one step."""
        return [(title, [self[name] for name in names]) for title, names in self.PASSI]

    @property
    def in_pagina(self) -> list[forms.BoundField]:
        """Every field, in the order of the page: that of the steps, if there are any."""
        stepped = [name for _title, names in self.PASSI for name in names]
        return [self[name] for name in (*stepped, *(each for each in self.fields if each not in stepped))]

    @property
    def campi(self) -> dict[str, Any]:
        """What was typed, checked, without the key and the version: the keyword arguments of an action."""
        return {name: value for name, value in self.cleaned_data.items() if name not in self.TECHNICAL}


UnModulo = TypeVar("UnModulo", bound=Modulo)


def con_campi(campi: Mapping[str, forms.Field]) -> Callable[[type[UnModulo]], type[UnModulo]]:
    """`@con_campi(…)`: the class, and those below it, have after their own the fields that are not written one by one:
    of a model, or one for each item of a list. `casi.forms.scritti` looks on the class for what is written by hand."""

    def add(modulo: type[UnModulo]) -> type[UnModulo]:
        modulo.base_fields.update(campi)
        return modulo

    return add


class Correzione(Modulo):
    """A form by which something is corrected: it asks last why, and does not insist."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["perche"] = forms.CharField(
            label=_("Perché lo correggi"),
            help_text=_("Resta in «Com'era prima», accanto a ciò che c'era scritto."),
            max_length=500,
            required=False,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
        )
