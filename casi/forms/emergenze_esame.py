"""What whoever looks back at an emergency has to say."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casi.forms.base import Modulo
from casi.models import EsitoEmergenza


class EsameModulo(Modulo):
    esito = forms.ChoiceField(label=_("Esito dell'esame"), choices=EsitoEmergenza.choices, widget=forms.RadioSelect)
    nota = forms.CharField(
        label=_("Motivazione"),
        min_length=20,
        widget=forms.Textarea({"rows": 5}),
        help_text=_(
            "Che cosa hai verificato, con chi hai parlato. Almeno 20 caratteri, senza nomi di chi è assistito."
        ),
    )
