"""Choosing who reads a level 5 entry, and saying why, of who is no social worker."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casi.forms.base import Modulo
from casi.forms.campi import chi
from casi.nominati import LIBERI
from catalogo.models import Operatore

NON_FRA_QUESTI = {
    "invalid_choice": gettext_lazy("Puoi nominare solo chi è in questo elenco."),
    "invalid_list": gettext_lazy("Puoi nominare solo chi è in questo elenco."),
}


class Perche(forms.CharField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            label=gettext_lazy("Perché serve anche a un referente"),
            required=False,
            min_length=10,
            max_length=500,
            widget=forms.TextInput(attrs={"autocomplete": "off"}),
            help_text=gettext_lazy("Serve solo se lo scegli qui sopra. Lo legge chi legge la voce."),
            **kwargs,
        )


def offer(form: Modulo, people: Iterable[Operatore], nomi: str, perche: str) -> None:
    """`people` in the field `nomi`; in `perche`, for those who need it by name, why. With nobody, no such field."""
    named = list(people)
    outside = [str(each.utente) for each in named if each.ruolo not in LIBERI]
    form.fields[nomi].choices = [(each.pk, chi(each)) for each in named]  # type: ignore[attr-defined]
    if outside:
        form.fields[perche].label = _("Perché serve anche a %(chi)s") % {"chi": _(" o a ").join(outside)}
    else:
        del form.fields[perche]
