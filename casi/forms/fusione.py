"""Choosing which record was the same person."""

from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from casi.forms.base import Modulo
from casi.models import Persona


class UnisciForm(Modulo):
    fusa = forms.TypedChoiceField(label=_("Quale scheda è la stessa persona?"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, candidate: list[Persona] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fusa"].choices = [(str(each.pk), called(each)) for each in candidate or []]  # type: ignore[attr-defined]


class SeparaForm(Modulo):
    """A confirmation."""


def called(persona: Persona) -> str:
    """Name and birth date, as far as they are known."""
    born = date_format(persona.data_nascita, "j F Y") if persona.data_nascita else _("data di nascita ignota")
    return f"{persona.nominativo}, {born}"
