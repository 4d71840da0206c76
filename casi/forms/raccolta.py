"""The public form, read aloud to the person by who writes down what she asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casi.forms.base import Modulo, Passi
from casi.forms.pubblico import RichiestaForm
from casi.models import Tramite


class RaccoltaForm(RichiestaForm):
    """The same questions; first how she speaks, last that she knows what becomes of her words."""

    bozza = "raccolta"
    NON_FATTO = Modulo.NON_FATTO
    PASSI: Passi = (
        (_("Chi è"), ("tramite", "per_conto", "nome", "comune")),
        (_("Che cosa le serve"), ("bisogni",)),
        (_("Come risponderle"), ("canale", "contatto", "contatto_sicuro", "lingua", "interprete")),
        (_("Prima di finire"), ("informata",)),
    )
    TECHNICAL = Modulo.TECHNICAL | {"informata"}
    sito = None  # type: ignore[assignment]  # Django's way to leave a field out
    tramite = forms.ChoiceField(
        label=_("Come parla con te?"),
        choices=[each for each in Tramite.choices if each[0] != Tramite.MODULO],
        widget=forms.RadioSelect,
    )
    informata = forms.BooleanField(
        label=_("Le ho detto che cosa facciamo dei suoi dati"),
        error_messages={"required": _("Diglielo prima di scrivere: è in cima a questa pagina.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("nome", "contatto"):  # the browser knows those of who writes
            self.fields[name].widget.attrs["autocomplete"] = "off"
