"""How confidential a text or a file is: said in plain words where it is chosen."""

from typing import Any

from django import forms
from django.utils.functional import lazy
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from casi.models import Livello
from casi.ruoli import REGOLE, Azione

PAROLE = {
    Livello.SINTESI: (_("Sintesi"), _("Poche righe, niente di intimo. Le legge chi segue il caso per il tuo ente.")),
    Livello.CARTELLA: (
        _("Cartella"),
        _("Il racconto di un colloquio, di una visita, di una telefonata. Lo legge chi segue il caso per il tuo ente."),
    ),
    Livello.PROFESSIONALE: (
        _("Nota professionale"),
        _("La leggono solo gli assistenti sociali del tuo ente che seguono il caso. Le associazioni non la vedono."),
    ),
    Livello.RISERVATO: (
        _("Riservata"),
        _("Salute, violenza, giustizia, protezione dei bambini. La leggete solo tu e chi nomini."),
    ),
}


def _said(titolo: Any, spiegazione: Any) -> SafeString:
    return format_html('<span><strong>{}</strong><span class="livello__chi">{}</span></span>', titolo, spiegazione)


said = lazy(_said, SafeString)


class LivelloField(forms.TypedChoiceField):
    """One of `livelli`, the most common first chosen."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(coerce=int, widget=forms.RadioSelect, label=_("Chi lo legge"), **kwargs)

    def offer(self, livelli: list[Livello]) -> None:
        self.choices = [(each.value, said(*PAROLE[each])) for each in livelli]
        self.initial = Livello.CARTELLA.value


def livelli_for(note: bool, fino_a: Livello) -> list[Livello]:
    """Who writes no professional notes chooses among those of the diary alone."""
    return [each for each in PAROLE if each <= fino_a and (note or each in REGOLE[Azione.SCRIVERE_DIARIO].livelli)]
