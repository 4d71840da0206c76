"""Saying that two records are one person, or that they are not."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casi.forms.base import Modulo
from casi.models import Persona

NON_PIU = _("Questa scheda non si può più unire: guarda di nuovo quali si possono.")

NON_MOSTRATA = _("Non c'è un'unione da annullare in questa pagina: riaprila.")


class UnisciForm(Modulo):
    """A yes to the record that the page compares."""

    fusa = forms.ChoiceField(
        label=_("L'altra scheda"),
        widget=forms.HiddenInput,
        error_messages={"required": NON_PIU, "invalid_choice": NON_PIU},
    )

    def __init__(self, *args: Any, candidate: list[Persona] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["fusa"].choices = [(str(each.pk), str(each.pk)) for each in candidate or []]  # type: ignore[attr-defined]


class SeparaForm(Modulo):
    """A yes to undoing the merge that the page shows."""

    fusione = forms.UUIDField(
        widget=forms.HiddenInput,
        error_messages={"required": NON_MOSTRATA, "invalid": NON_MOSTRATA},
    )
