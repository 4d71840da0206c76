"""The form of the case search."""

from django import forms
from django.utils.translation import gettext_lazy as _

from casi.forms.campi import DatiEsatti
from casi.selectors.ricerca import Scopo


class RicercaModulo(DatiEsatti):
    NON_FATTO = _("La ricerca non è partita.")
    scopo = forms.ChoiceField(label=_("Perché la cerchi"), choices=Scopo, widget=forms.RadioSelect)
    field_order = ("scopo", "codice_fiscale", "cognome", "nome", "data_nascita")
