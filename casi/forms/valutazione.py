"""Writing an assessment: for each area a pair of texts."""

from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casi.actions.valutazione import Coppia, Scritta
from casi.forms.base import Modulo, con_campi
from casi.models import Area, AreaRiservata

LONGEST = 8_000
PARTI = {"bisogni": _("che cosa manca"), "risorse": _("su che cosa si può contare")}


def _testo(area: Any, che_cosa: Any) -> forms.CharField:
    label = format_lazy("{}: {}", area.label, che_cosa)
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 3}))


@con_campi({f"{area}_{parte}": _testo(area, said) for area in (*Area, *AreaRiservata) for parte, said in PARTI.items()})
class ValutazioneModulo(Modulo):
    """`tutta`: with health and minors."""

    bozza = "valutazione"
    parole_della_persona = forms.CharField(
        label=_("Con le parole della persona"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Come racconta la sua situazione e che cosa vorrebbe. Fra virgolette, se puoi."),
    )
    concludi = forms.BooleanField(label=_("La valutazione è finita: da ora non si modifica più"), required=False)

    def __init__(self, *args: Any, tutta: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.aree = [*Area, *(AreaRiservata if tutta else [])]
        for area in () if tutta else AreaRiservata:
            for parte in PARTI:
                del self.fields[f"{area}_{parte}"]
        self.order_fields([*(name for name in self.fields if name != "concludi"), "concludi"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for area in self.aree:
            bisogni, risorse = data.get(f"{area}_bisogni"), data.get(f"{area}_risorse")
            if bisogni and not risorse:
                self.add_error(f"{area}_risorse", _("Scrivi anche su che cosa si può contare: c'è sempre qualcosa."))
            if risorse and not bisogni:
                self.add_error(f"{area}_bisogni", _("Scrivi anche che cosa manca."))
        return data

    @property
    def scritta(self) -> Scritta:
        pairs = {area.value: Coppia(**{parte: self.campi[f"{area}_{parte}"] for parte in PARTI}) for area in self.aree}
        return Scritta(
            parole_della_persona=self.campi["parole_della_persona"],
            voci={area: pair for area, pair in pairs.items() if pair.bisogni},
        )

    @property
    def coppie(self) -> list[dict[str, Any]]:
        """The pairs, by area, for the page."""
        return [
            {
                "area": area,
                "campi": [self[f"{area}_{parte}"] for parte in PARTI],
                "riservata": area in AreaRiservata,
            }
            for area in self.aree
        ]
