"""The form of the overlap check."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi.forms.campi import DatiEsatti, Giorno
from casi.selectors.sovrapposizione import Domanda
from catalogo.models import TipoServizio

PERIODO_MASSIMO = timedelta(days=366)


class SovrapposizioneModulo(DatiEsatti):
    tipo = forms.ModelChoiceField(
        label=_("Quale aiuto"), queryset=TipoServizio.objects.none(), empty_label=_("Scegli…")
    )
    dal = Giorno(label=_("Dal"), initial=timezone.localdate)
    al = Giorno(label=_("Al"), initial=timezone.localdate, help_text=_("Al massimo un anno."))
    field_order = ("codice_fiscale", "cognome", "nome", "data_nascita", "tipo", "dal", "al")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tipo"].queryset = TipoServizio.objects.filter(attivo=True)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        start, end = data.get("dal"), data.get("al")
        if start and end and not timedelta() <= end - start <= PERIODO_MASSIMO:
            raise ValidationError({"al": _("La fine viene dopo l'inizio, e al massimo un anno più tardi.")})
        return data

    @property
    def domanda(self) -> Domanda:
        """What is asked, once it is valid."""
        data = self.cleaned_data
        return Domanda(identita=self.identita, tipo=data["tipo"], dal=data["dal"], al=data["al"])
