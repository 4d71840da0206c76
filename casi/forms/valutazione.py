"""Writing an assessment: for each area a pair of texts; of a reserved one that is begun, who reads it."""

from collections.abc import Collection, Mapping
from typing import Any
from uuid import UUID

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from casi.actions.valutazione import Coppia, Scritta
from casi.forms.base import Modulo, con_campi
from casi.forms.lettori import NON_FRA_QUESTI, Perche, offer
from casi.models import Area, AreaRiservata
from catalogo.models import Operatore

LONGEST = 8_000
TUTTE: Mapping[str, UUID | None] = dict.fromkeys(AreaRiservata.values)
PARTI = {"bisogni": _("che cosa manca"), "risorse": _("su che cosa si può contare")}


def _testo(area: Any, che_cosa: Any) -> forms.CharField:
    label = format_lazy("{}: {}", area.label, che_cosa)
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=forms.Textarea({"rows": 3}))


def _lettori(area: AreaRiservata) -> dict[str, forms.Field]:
    label = format_lazy(_("{}: chi può leggerla, oltre a te"), area.label)
    named = forms.TypedMultipleChoiceField(
        label=label,
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("La leggete solo tu e chi scegli. Poi si può aggiungere qualcuno, non toglierlo."),
        error_messages=NON_FRA_QUESTI,
    )
    return {f"{area}_destinatari": named, f"{area}_perche": Perche()}


@con_campi({name: field for area in AreaRiservata for name, field in _lettori(area).items()})
@con_campi({f"{area}_{parte}": _testo(area, said) for area in (*Area, *AreaRiservata) for parte, said in PARTI.items()})
class ValutazioneModulo(Modulo):
    """`riservate`: the areas of health and minors that the writer may write in, each with its key, if it is there; of
    one that is not, he names among `nominabili` who reads it."""

    bozza = "valutazione"
    parole_della_persona = forms.CharField(
        label=_("Con le parole della persona"),
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Come racconta la sua situazione e che cosa vorrebbe. Fra virgolette, se puoi."),
    )
    concludi = forms.BooleanField(label=_("La valutazione è finita: da ora non si modifica più"), required=False)

    def __init__(
        self,
        *args: Any,
        riservate: Mapping[str, UUID | None] = TUTTE,
        nominabili: Collection[Operatore] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.riservate = riservate
        self.aree = [*Area, *(area for area in AreaRiservata if area in riservate)]
        for area in AreaRiservata:
            offer(self, nominabili, f"{area}_destinatari", f"{area}_perche")
            if area not in riservate:
                self._drop(area, *PARTI)
            if riservate.get(area, True) or not nominabili:
                self._drop(area, "destinatari", "perche")
        self.order_fields([*(name for name in self.fields if name != "concludi"), "concludi"])

    def _drop(self, area: AreaRiservata, *parti: str) -> None:
        for parte in parti:
            self.fields.pop(f"{area}_{parte}", None)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        for area in self.aree:
            bisogni, risorse = data.get(f"{area}_bisogni"), data.get(f"{area}_risorse")
            if bisogni and not risorse:
                self.add_error(f"{area}_risorse", _("Scrivi anche su che cosa si può contare: c'è sempre qualcosa."))
            if risorse and not bisogni:
                self.add_error(f"{area}_bisogni", _("Scrivi anche che cosa manca."))
            readers = data.get(f"{area}_destinatari") or data.get(f"{area}_perche")
            if readers and not (bisogni or risorse):
                self.add_error(f"{area}_bisogni", _("Hai scelto chi la legge, ma qui non c'è scritto ancora niente."))
        return data

    @property
    def scritta(self) -> Scritta:
        pairs = {area.value: Coppia(**{parte: self.campi[f"{area}_{parte}"] for parte in PARTI}) for area in self.aree}
        return Scritta(
            parole_della_persona=self.campi["parole_della_persona"],
            voci={area: pair for area, pair in pairs.items() if pair.bisogni},
            lettori={
                area: (self.campi.get(f"{area}_destinatari", ()), self.campi.get(f"{area}_perche", ""))
                for area in self.riservate
            },
        )

    @property
    def coppie(self) -> list[dict[str, Any]]:
        """The pairs, by area, for the page."""
        return [
            {
                "area": area,
                "campi": [self[f"{area}_{parte}"] for parte in PARTI],
                "riservata": area in AreaRiservata,
                "lettori": [self[name] for name in (f"{area}_destinatari", f"{area}_perche") if name in self.fields],
                "pk": self.riservate.get(area),
            }
            for area in self.aree
        ]
