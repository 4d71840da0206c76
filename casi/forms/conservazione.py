"""The few things one says about a disposal list."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi.forms.base import Modulo
from casi.forms.campi import Giorno
from casi.models import Ragione
from casi.selectors.conservazione import Riga


class PropostaModulo(Modulo):
    """Nothing to type: the list is what is over."""


class SospensioneModulo(Modulo):
    voci = forms.TypedMultipleChoiceField(
        label=_("Non scartare"),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Segna ciò che serve ancora: una causa, un controllo, un ricorso. Resta finché non togli il segno."
        ),
    )

    def __init__(self, *args: Any, righe: list[Riga], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(each.voce.pk), f"{each.che_cosa} {each.nome}") for each in righe]
        self.fields["voci"].choices = choices  # type: ignore[attr-defined]


class AttoModulo(Modulo):
    atto = forms.CharField(
        label=_("Atto che autorizza lo scarto"),
        max_length=160,
        help_text=_("Numero e data, per esempio «det. 214/2026»."),
    )


class EsecuzioneModulo(Modulo):
    capito = forms.BooleanField(label=_("Ho capito: ciò che è in elenco non si potrà più recuperare."))


class RitiroModulo(Modulo):
    """Nothing to type: that it is withdrawn is all."""


class RitiroChiestaModulo(Modulo):
    motivo = forms.CharField(
        label=_("Perché la ritiri"),
        max_length=160,
        help_text=_("Lo leggono chi approva e chi protegge i dati. Senza nomi di chi è assistito."),
    )


class RespintaModulo(Modulo):
    motivo = forms.CharField(
        label=_("Perché lo respingi"),
        max_length=160,
        help_text=_("Lo legge chi ha proposto l'elenco. Senza nomi di chi è assistito."),
    )


class ProrogaModulo(Modulo):
    detta_il = Giorno(
        label=_("Quando l'hai detto alla persona"),
        initial=timezone.localdate,
        help_text=_("Prima diglielo, poi scrivilo qui: che servono altri due mesi, e perché."),
    )
    perche = forms.CharField(
        label=_("Perché serve più tempo"),
        max_length=160,
        help_text=_("Come l'hai detto a lei. Lo legge anche chi approva. Senza nomi di chi è assistito."),
    )


class CancellazioneModulo(Modulo):
    """What a person wants erased before its time."""

    chiesta_il = Giorno(label=_("Quando l'ha chiesto"), help_text=_("Da quel giorno c'è un mese per risponderle."))
    ragione = forms.ChoiceField(
        label=_("Per quale ragione"),
        choices=Ragione.choices,
        widget=forms.RadioSelect,
        help_text=_("La legge chi approva, insieme a numeri e date."),
    )
    perche = forms.CharField(
        label=_("Perché, con le sue parole"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Lo legge solo chi può leggere ciò che si cancella, e se ne va con quello."),
    )
    identita = forms.BooleanField(label=_("Ho verificato chi lo chiede, e che può chiederlo."))
