"""One step of a request or an alert, and whether the person an alert is about has been told of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from casi.actions.arrivi import PASSI, stands, stands_in_words
from casi.forms.base import Modulo
from casi.forms.campi import Giorno, Quando, as_on_receipt
from casi.forms.caso import ModuloSulCaso
from casi.models import Arrivo, StatoRichiesta


class PassoForm(Modulo):
    """`letto`: how far it was on the page, so that two people do not undo each other's step."""

    bozza = "passo_arrivo"
    letto = forms.CharField(widget=forms.HiddenInput)
    stato = forms.ChoiceField(label=_("A che punto è"), widget=forms.RadioSelect)
    ascolto_il = Quando(label=_("Quando ci si vede o ci si sente"), required=False)
    nota = forms.CharField(
        label=_("Che cosa si è fatto"),
        help_text=_(
            "Serve per chiudere. Esempio: parlato al telefono, va alla mensa di via Roma. Se è una segnalazione, non "
            "scrivere qui chi l'ha fatta."
        ),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, arrivo: Arrivo, **kwargs: Any) -> None:
        kwargs["initial"] = {"letto": stands(arrivo), **(kwargs.get("initial") or {})}
        super().__init__(*args, **kwargs)
        self.arrivo, steps = arrivo, PASSI[arrivo.stato]
        self.fields["stato"].choices = [each for each in StatoRichiesta.choices if each[0] in steps]  # type: ignore[attr-defined]
        if StatoRichiesta.ASCOLTO_FISSATO in steps:
            self.fields["ascolto_il"].help_text = _(
                "Serve per «Ascolto fissato»: quel giorno torna fra le cose da fare."
            )
        else:
            del self.fields["ascolto_il"]

    def clean(self) -> dict[str, Any]:
        """Somebody else has brought it on: what was typed stays, on the state that is there now."""
        data = super().clean() or {}
        now = stands(self.arrivo)
        if data.get("letto", now) != now:
            self.data = {**self.data.dict(), "letto": now}  # type: ignore[attr-defined]
            told = _("Intanto qualcun altro l'ha portata a «%(stato)s»: quello che hai scritto è qui. Salva di nuovo.")
            raise ValidationError(told % {"stato": stands_in_words(self.arrivo)})
        return data


class InformataForm(Modulo):
    """One of the two: the day she was told, or why she is not to be."""

    bozza = "informata"
    avvisata_il = Giorno(label=_("La persona è stata informata il"), required=False)
    non_avvisata_perche = forms.CharField(
        label=_("Oppure: perché non va informata"),
        help_text=_("Per esempio: sapeva già tutto; dirglielo metterebbe qualcuno in pericolo."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("avvisata_il", "non_avvisata_perche"):
            self.fields[name].alternativo = True  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        told, why = data.get("avvisata_il"), data.get("non_avvisata_perche")
        if not self.errors and bool(told) == bool(why):
            raise ValidationError(_("Scrivi il giorno in cui è stata informata, oppure perché non va informata."))
        return data


class InformataDelCaso(InformataForm, ModuloSulCaso):
    """The same on the page of a case."""


class RicevutaForm(Modulo):
    codice = forms.CharField(
        label=_("Il codice che la persona dice"),
        help_text=_("Comincia con R, per esempio R-7F3K-2Q9P."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters"}),
    )

    def clean_codice(self) -> str:
        return as_on_receipt(self.cleaned_data["codice"])
