"""Writing in the diary, and correcting it."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi.actions.diario import NuovaVoce
from casi.forms.base import Modulo
from casi.forms.campi import Giorno
from casi.forms.lettori import NON_FRA_QUESTI, Perche, offer
from casi.forms.livelli import LivelloField, livelli_for
from casi.models import Livello, TipoVoce
from catalogo.models import Operatore

DA_SE = {TipoVoce.RETTIFICA, TipoVoce.FINALE, TipoVoce.CONSEGNE}  # said by what one is doing, not chosen
SCRITTI = [(tipo.value, tipo.label) for tipo in TipoVoce if tipo not in DA_SE]


class VoceModulo(Modulo):
    """`note`: the writer may choose the higher levels; `nominabili`: whom he may name on the highest."""

    bozza = "diario"
    tipo = forms.ChoiceField(label=_("Che cosa è stato"), choices=SCRITTI)
    avvenuto_il = Giorno(label=_("Quando"), initial=timezone.localdate)
    testo = forms.CharField(
        label=_("Che cosa vuoi ricordare"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 9}),
        help_text=_("Fatti e parole, non giudizi: la persona può chiedere di leggerlo."),
    )
    livello = LivelloField()
    condiviso = forms.BooleanField(label=_("Lo legge anche l'assistente sociale"), required=False)
    destinatari = forms.TypedMultipleChoiceField(
        label=_("Chi può leggerla, oltre a te"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Conta solo per una voce riservata. Si nominano gli assistenti sociali che oggi lavorano al caso."),
        error_messages=NON_FRA_QUESTI,
    )
    perche = Perche()

    def __init__(self, *args: Any, note: bool = False, nominabili: Iterable[Operatore] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["livello"].offer(livelli_for(note, Livello.RISERVATO))  # type: ignore[attr-defined]
        people = list(nominabili) if note else []
        offer(self, people, "destinatari", "perche")
        # A social worker's own entries have nobody else to be shared with; who names nobody is not asked.
        del self.fields["condiviso" if note else "destinatari"]
        if note and not people:
            del self.fields["destinatari"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("destinatari") and data.get("livello") != Livello.RISERVATO:
            self.add_error(
                "destinatari", _("Le persone si nominano solo su una voce riservata: cambia «Chi lo legge».")
            )
        return data

    @property
    def voce(self) -> NuovaVoce:
        return NuovaVoce(**{**self.campi, "destinatari": tuple(self.campi.get("destinatari", ()))})


class CorrezioneModulo(Modulo):
    bozza = "diario-correzione"
    testo = forms.CharField(
        label=_("Che cosa va corretto o aggiunto"),
        max_length=20_000,
        widget=forms.Textarea({"rows": 7}),
        help_text=_("La voce di prima resta com'è: questa le si aggiunge, con la data di oggi, per le stesse persone."),
    )
    chiesta_dalla_persona = forms.BooleanField(label=_("Lo ha chiesto la persona"), required=False)


class LettoreModulo(Modulo):
    operatore = forms.TypedChoiceField(
        label=_("Chi potrà leggerla"),
        coerce=int,
        widget=forms.RadioSelect,
        help_text=_("Si nomina chi oggi lavora a questo caso. Non si toglie più: chi ha letto, ha letto."),
        error_messages=NON_FRA_QUESTI,
    )
    perche = Perche()

    def __init__(self, *args: Any, nominabili: Iterable[Operatore] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, nominabili, "operatore", "perche")


class DecisioneModulo(Modulo):
    concesso = forms.ChoiceField(
        label=_("La può leggere?"), choices=[("si", _("Sì")), ("no", _("No"))], widget=forms.RadioSelect
    )


class OscuraModulo(Modulo):
    chiesto_dalla_persona = forms.BooleanField(label=_("Lo ha chiesto la persona"), required=False)


class MostraModulo(Modulo):
    """Nothing to fill in: only that it counts once."""
