"""The few things one says about a disposal list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casi.forms.base import Modulo
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


class RespintaModulo(Modulo):
    motivo = forms.CharField(
        label=_("Perché lo respingi"),
        max_length=160,
        help_text=_("Lo legge chi ha proposto l'elenco. Senza nomi di chi è assistito."),
    )
