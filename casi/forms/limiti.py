"""Forms of «Conflitti e sigillo»."""

from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from casi.attore import Attore
from casi.forms.campi import SceltaOperatore, ScelteOperatore, chi
from casi.forms.caso import ModuloSulCaso
from casi.models import Caso, Incompatibilita, MotivoIncompatibilita, NominatoAlSigillo
from casi.selectors.limiti import conflitti_aperti, nominabili, nominati, senza_conflitto
from catalogo.models.operatore import RuoloOperatore


class MotivoModulo(ModuloSulCaso):
    motivo = forms.ChoiceField(label=_("Perché"), choices=MotivoIncompatibilita, widget=forms.RadioSelect)


class ConflittoModulo(MotivoModulo):
    operatore = SceltaOperatore(label=_("Di chi"), queryset=None)
    field_order = ("operatore", "motivo")

    def scelte(self, caso: Caso, attore: Attore) -> dict[str, QuerySet[Any]]:
        others = senza_conflitto(caso, attore).exclude(utente=attore.operatore.utente_id)
        return {"operatore": others}


class SceltaConflitto(forms.ModelChoiceField):
    def label_from_instance(self, obj: Incompatibilita) -> str:
        return f"{obj.utente} · {obj.get_motivo_display().lower()}"


class TogliConflittoModulo(ModuloSulCaso):
    incompatibilita = SceltaConflitto(label=_("Quale conflitto"), queryset=None, widget=forms.RadioSelect)

    def scelte(self, caso: Caso, attore: Attore) -> dict[str, QuerySet[Any]]:
        others = conflitti_aperti(caso).exclude(utente=attore.operatore.utente_id)
        return {"incompatibilita": others}


class SigilloModulo(ModuloSulCaso):
    nominati = ScelteOperatore(
        label=_("Chi può ancora aprirlo, oltre a te"),
        queryset=None,
        required=False,
        help_text=_("Meno sono, meglio è."),
    )

    def scelte(self, caso: Caso, attore: Attore) -> dict[str, QuerySet[Any]]:
        others = nominabili(caso).exclude(Q(pk=attore.operatore.pk) | Q(ruolo=RuoloOperatore.COORDINATORE))
        return {"nominati": others}


class NominaModulo(ModuloSulCaso):
    operatore = SceltaOperatore(label=_("Chi aggiungi"), queryset=None)

    def scelte(self, caso: Caso, attore: Attore) -> dict[str, QuerySet[Any]]:
        return {"operatore": nominabili(caso)}


class SceltaNominato(forms.ModelChoiceField):
    def label_from_instance(self, obj: NominatoAlSigillo) -> str:
        return chi(obj.operatore)


class TogliNomeModulo(ModuloSulCaso):
    nominato = SceltaNominato(label=_("Chi togli"), queryset=None, widget=forms.RadioSelect)

    def scelte(self, caso: Caso, attore: Attore) -> dict[str, QuerySet[Any]]:
        others = nominati(caso).exclude(operatore=attore.operatore.pk)
        return {"nominato": others}
