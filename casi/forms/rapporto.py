"""In which language the person reads. Sent by POST: it tells of her, and stays out of addresses."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casi.selectors.rapporto import LINGUE


class LinguaModulo(forms.Form):
    lingua = forms.ChoiceField(label=_("Lingua"), choices=list(LINGUE.items()))
