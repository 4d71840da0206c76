"""Fields that several forms of the area share."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi.codice_fiscale import whole, written
from casi.forms.base import Modulo
from casi.mesi import months_after
from casi.selectors.identita import Identita
from catalogo.models import Operatore

MESI_AVANTI = 12
ANNO = _("Controlla l'anno.")
FINE_PRIMA = _("La data di fine viene prima di quella di inizio.")


class Giorno(forms.DateField):
    """A day, chosen on the browser's own calendar, in the years of who is alive: a date that stands for «never» is left
    empty instead."""

    default_validators = [MinValueValidator(date(1900, 1, 1), ANNO), MaxValueValidator(date(2199, 12, 31), ANNO)]
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class Quando(forms.DateTimeField):
    """A day and an hour, on the browser's own calendar."""

    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


class GiornoVicino(Giorno):
    """Of something that begins or ends, past or to come: within a year. Further away, somebody meant another year."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value > months_after(timezone.localdate(), MESI_AVANTI):
            raise ValidationError(_("Fra più di un anno: controlla la data."))


class Nascita(Giorno):
    """Of somebody who is born already."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value > timezone.localdate():
            raise ValidationError(_("Questa data non è ancora arrivata."))


def as_on_receipt(codice: str) -> str:
    """The code of a receipt, however it was typed; an R in front of eight signs is not one of them."""
    signs = "".join(filter(str.isalnum, codice)).upper()
    if len(signs) > 8:
        signs = signs.removeprefix("R")
    return f"R-{signs[:4]}-{signs[4:]}"


class SceltaOperatore(forms.ModelChoiceField):
    def label_from_instance(self, obj: Operatore) -> str:
        return chi(obj)


class ScelteOperatore(forms.ModelMultipleChoiceField):
    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, obj: Operatore) -> str:
        return chi(obj)


def chi(operatore: Operatore) -> str:
    return f"{operatore.utente}, {operatore.get_ruolo_display().lower()} · {operatore.ente}"


class DatiEsatti(Modulo):
    """Who is meant, in full: a tax code, or surname, name and day of birth. `richiesti`: one of the two must be."""

    richiesti = True
    codice_fiscale = forms.CharField(
        label=_("Codice fiscale"),
        required=False,
        max_length=16,
        help_text=_("Tutte le 16 lettere e cifre, o le 11 cifre di quello provvisorio. Con questo il resto non serve."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    cognome = forms.CharField(
        label=_("Oppure: cognome"),
        required=False,
        max_length=100,
        help_text=_("Senza codice fiscale servono tutti e tre: cognome, nome, data di nascita."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    nome = forms.CharField(
        label=_("Nome"), required=False, max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    data_nascita = Nascita(label=_("Data di nascita"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("codice_fiscale", "cognome", "nome", "data_nascita"):
            self.fields[name].alternativo = True  # type: ignore[attr-defined]

    def clean_codice_fiscale(self) -> str:
        code = written(self.cleaned_data["codice_fiscale"])
        if code and not whole(code):
            raise ValidationError(
                _("Il codice fiscale ha 16 lettere e cifre, quello provvisorio 11 cifre: controlla che ci siano tutte.")
            )
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        by_name = [data.get("cognome"), data.get("nome"), data.get("data_nascita")]
        if any(by_name) and not all(by_name) and not data.get("codice_fiscale"):
            together = ValidationError(_("Servono insieme cognome, nome e data di nascita: una parte non basta."))
            names = ("cognome", "nome", "data_nascita")
            self.add_error(next(name for name in names if not data.get(name)), together)
            return data
        if self.richiesti and not data.get("codice_fiscale") and not all(by_name):
            raise ValidationError(_("Scrivi il codice fiscale, oppure cognome, nome e data di nascita."))
        return data

    @property
    def identita(self) -> Identita:
        """What was typed, once it is valid."""
        names = ("codice_fiscale", "cognome", "nome", "data_nascita")
        return Identita(**{name: self.cleaned_data[name] for name in names})
