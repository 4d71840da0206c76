"""For whom a paper is, in which language, with how much of what she told. Sent by POST: it stays out of addresses."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casi.selectors.rapporto import LINGUE


class Nomi(forms.MultipleChoiceField):
    """Names to be compared with those that are there: one that is not names nobody."""

    def valid_value(self, value: str) -> bool:
        return True


class LinguaModulo(forms.Form):
    """While it has not been sent, or does not hold, `scelta` is empty: the person's own language.

    `per`: who has left the household and asks. `nominati`: the other bodies it names.
    """

    persona = forms.UUIDField(required=False)
    lingua = forms.ChoiceField(label=_("Lingua"), choices=list(LINGUE.items()))
    enti = Nomi(required=False)
    senza_racconto = forms.BooleanField(required=False)
    contatto_sicuro = forms.BooleanField(required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holds = self.is_valid()
        self.scelta = self.cleaned_data["lingua"] if holds else ""
        self.per = self.cleaned_data["persona"] if holds else None
        self.nominati = frozenset(self.cleaned_data["enti"]) if holds else None
        self.con_racconto = not (holds and self.cleaned_data["senza_racconto"])
        self.con_contatto_sicuro = holds and self.cleaned_data["contatto_sicuro"]
