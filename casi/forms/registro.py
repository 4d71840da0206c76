"""What to look for in the register. Sent by POST: not even a case number stays in an address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casi.forms.campi import Giorno
from casi.models import Esito
from casi.ruoli import Azione
from casi.selectors.registro import Filtro, Rubrica
from casi.selectors.registro_parole import azione_detta

QUALSIASI = ("", _("Qualsiasi"))


class FiltroRegistro(forms.Form):
    NON_FATTO = _("Non è ancora cercato nulla.")  # above what is wrong
    scaduto = False  # what is in it was sent too late
    dal = Giorno(label=_("Dal"), required=False)
    al = Giorno(label=_("Al"), required=False)
    persona = forms.TypedChoiceField(label=_("Chi"), required=False, coerce=int, empty_value=None)
    ente = forms.TypedChoiceField(label=_("Ente"), required=False, coerce=int, empty_value=None)
    azione = forms.ChoiceField(label=_("Azione"), required=False)
    esito = forms.ChoiceField(label=_("Esito"), required=False, choices=[QUALSIASI, *Esito.choices])
    numero = forms.CharField(
        label=_("Numero del caso"), required=False, max_length=36, help_text=_("Per intero, per esempio C-7F3K2Q.")
    )
    codice = forms.CharField(
        label=_("Codice di ricevuta"),
        required=False,
        max_length=36,
        help_text=_("Per intero, per esempio R-7F3K-2Q9P: chi ha letto la richiesta o la segnalazione, e gli ascolti."),
    )

    def __init__(self, *args: Any, nomi: Rubrica, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        choices: dict[str, Any] = {
            "persona": sorted(nomi.persone.items(), key=lambda pair: pair[1]),
            "ente": nomi.enti.items(),
            "azione": sorted(((azione.value, azione_detta(azione)) for azione in Azione), key=lambda pair: pair[1]),
        }
        for name, pairs in choices.items():
            self.fields[name].choices = [QUALSIASI, *pairs]  # type: ignore[attr-defined]

    def clean_numero(self) -> str:
        return self.cleaned_data["numero"].strip()

    def clean_codice(self) -> str:
        return self.cleaned_data["codice"].strip()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        dal, al = data.get("dal"), data.get("al")
        if dal and al and al < dal:
            self.add_error("al", _("Viene prima di «Dal»: nessun giorno sta in mezzo."))
        return data

    def filtro(self, prima_di: int | None = None) -> Filtro:
        """What was asked; nothing in particular while the form has not been sent, or does not hold."""
        return Filtro(**self.cleaned_data, prima_di=prima_di) if self.is_bound and self.is_valid() else Filtro()
