"""Forms of «Chi lavora al caso»."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import get_language_info
from django.utils.translation import gettext_lazy as _

from casi.actions.ammissioni import MESI, Condizioni
from casi.attore import Attore
from casi.forms.campi import FINE_PRIMA, Giorno, GiornoVicino, SceltaOperatore
from casi.forms.caso import ModuloSulCaso
from casi.mesi import last_day_of
from casi.models import Ambito, BaseGiuridica, Caso, Finalita, Informativa, Parte
from casi.selectors.condivisione import (
    ammissibili,
    da_assegnare,
    informative_valide,
    opponibili,
    proponibili,
)
from catalogo.models import Ente

OLTRE_LA_SINTESI = [(value, label) for value, label in Ambito.choices if value != Ambito.SINTESI]


class SceltaInformativa(forms.ModelChoiceField):
    def label_from_instance(self, obj: Informativa) -> str:
        return _("versione %(versione)s, in %(lingua)s") % {
            "versione": obj.versione,
            "lingua": get_language_info(obj.lingua)["name_translated"].lower(),
        }


class CondizioniModulo(ModuloSulCaso):
    """What a body that is on the case may see from now on."""

    finalita = forms.ChoiceField(label=_("A che scopo"), choices=Finalita, widget=forms.RadioSelect)
    base_giuridica = forms.ChoiceField(label=_("Base giuridica"), choices=BaseGiuridica, widget=forms.RadioSelect)
    informativa = SceltaInformativa(label=_("Informativa consegnata alla persona"), queryset=Informativa.objects.none())
    ambiti = forms.MultipleChoiceField(
        label=_("Che cosa può vedere, oltre alla sintesi"),
        choices=OLTRE_LA_SINTESI,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "La sintesi c'è sempre: che il caso esiste, chi ne risponde, che tipo di aiuti sono in corso. Gli "
            "obiettivi si vedranno quando ci saranno i progetti condivisi: per ora non mostrano niente."
        ),
    )
    al = Giorno(
        label=_("Fino a"),
        initial=lambda: last_day_of(timezone.localdate(), MESI),
        help_text=_("Ultimo giorno, compreso: al massimo 24 mesi. Prima che finisca ti avvisiamo, e puoi rinnovarla."),
    )

    def scelte(self, caso: Caso, attore: Attore) -> dict[str, QuerySet[Any]]:
        return {"informativa": informative_valide(timezone.localdate())}

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("dal") or timezone.localdate(), data.get("al")
        if end and end < start:
            self.add_error("al", FINE_PRIMA)
        return data

    @property
    def campi(self) -> dict[str, Any]:
        data = super().campi
        ente = {"ente": data.pop("ente")} if "ente" in data else {}
        data["ambiti"] = tuple(data["ambiti"])
        return {**ente, "condizioni": Condizioni(**{"dal": timezone.localdate(), **data})}


class AmmissioneModulo(CondizioniModulo):
    ente = forms.ModelChoiceField(label=_("Ente"), queryset=Ente.objects.none())
    dal = GiornoVicino(label=_("Da quando"), initial=timezone.localdate)
    field_order = ("ente", "finalita", "base_giuridica", "informativa", "ambiti", "dal", "al")

    def scelte(self, caso: Caso, attore: Attore) -> dict[str, QuerySet[Any]]:
        return {**super().scelte(caso, attore), "ente": ammissibili(caso)}


class AssegnaModulo(ModuloSulCaso):
    operatore = SceltaOperatore(label=_("Persona"), queryset=None)
    parte = forms.ChoiceField(
        label=_("Con quale compito"),
        choices=[choice for choice in Parte.choices if choice[0] != Parte.RESPONSABILE],
        initial=Parte.COLLABORATORE,
        widget=forms.RadioSelect,
    )

    def scelte(self, caso: Caso, attore: Attore) -> dict[str, QuerySet[Any]]:
        return {"operatore": da_assegnare(caso)}


class PropostaModulo(ModuloSulCaso):
    operatore = SceltaOperatore(label=_("Chi proponi"), queryset=None)

    def scelte(self, caso: Caso, attore: Attore) -> dict[str, QuerySet[Any]]:
        return {"operatore": proponibili(caso, attore)}


class RispostaModulo(ModuloSulCaso):
    accolta = forms.TypedChoiceField(
        label=_("Che cosa rispondi"),
        choices=[("si", _("Sì, da oggi segue il caso")), ("no", _("No"))],
        coerce=lambda value: value == "si",
        widget=forms.RadioSelect,
    )


class OpposizioneModulo(ModuloSulCaso):
    ente = forms.ModelChoiceField(label=_("Ente che la persona non vuole"), queryset=Ente.objects.none())

    def scelte(self, caso: Caso, attore: Attore) -> dict[str, QuerySet[Any]]:
        return {"ente": opponibili(caso)}
