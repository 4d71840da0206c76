"""The form of break-glass."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casi.forms.campi import DatiEsatti
from casi.models import MotivoEmergenza
from casi.selectors.emergenza import MOTIVO_MINIMO


class EmergenzaModulo(DatiEsatti):
    richiesti = False
    codice_motivo = forms.ChoiceField(label=_("Che cosa succede"), choices=MotivoEmergenza, widget=forms.RadioSelect)
    motivo = forms.CharField(
        label=_("Perché serve adesso"),
        min_length=MOTIVO_MINIMO,
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Almeno 20 lettere. Lo leggerà chi esamina questo accesso, entro 5 giorni lavorativi."),
    )
    numero = forms.CharField(
        label=_("Numero del caso"),
        required=False,
        max_length=8,
        help_text=_("Per esempio C-7F3K2Q. Se non lo sai, scrivi sotto chi è la persona."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    numero.alternativo = True  # type: ignore[attr-defined]
    field_order = ("codice_motivo", "motivo", "numero", "codice_fiscale", "cognome", "nome", "data_nascita")

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        names = ("numero", "codice_fiscale", "cognome")
        if not any(data.get(name) for name in names) and not any(name in self.errors for name in names):
            raise ValidationError(_("Scrivi il numero del caso, oppure i dati completi della persona."))
        return data
