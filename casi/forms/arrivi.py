"""One step of a request or an alert."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casi.actions.arrivi import PASSI
from casi.forms.base import Modulo
from casi.models import StatoRichiesta


class PassoForm(Modulo):
    """`letto`: the state that was on the page, so that two people do not undo each other's step."""

    letto = forms.CharField(widget=forms.HiddenInput)
    stato = forms.ChoiceField(label=_("A che punto è"), widget=forms.RadioSelect)
    nota = forms.CharField(
        label=_("Che cosa si è fatto"),
        help_text=_("Serve per chiudere. Esempio: parlato al telefono, va alla mensa di via Roma."),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, stato: str = "", **kwargs: Any) -> None:
        kwargs["initial"] = {"letto": stato, **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        steps = PASSI.get(stato, frozenset())
        self.fields["stato"].choices = [each for each in StatoRichiesta.choices if each[0] in steps]  # type: ignore[attr-defined]
