"""What each step of the path asks, one question a line, with the reason for it."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casi.forms.base import Modulo
from casi.forms.campi import Giorno
from casi.giorni import after_working_days
from casi.models import BaseGiuridica, MotivoChiusura
from casi.percorso import AIUTO_URGENTE, PRIMA_VERIFICA, Passo
from catalogo.models import Ente, Operatore


def _in_giorni(days: int) -> Any:
    return lambda: timezone.localdate() + timedelta(days=days)


def _prima_verifica() -> date:
    """That day, or the next on which one works."""
    return after_working_days(timezone.localdate() + timedelta(days=PRIMA_VERIFICA - 1), 1)


class Conferma(Modulo):
    """Nothing to write."""


class Perche(Modulo):
    motivo = forms.CharField(
        label=_("Perché"),
        help_text=_("Resta nella storia del caso: lo legge chi lo conduce, non gli altri enti."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class Verifica(Modulo):
    prossima_verifica = Giorno(
        label=_("Quando vi rivedete per vedere come va"), initial=_prima_verifica,
        help_text=_("Da quel giorno in poi il caso compare fra le verifiche in ritardo."),
    )  # fmt: skip


class AvvisoAllaFamiglia(Modulo):
    avviso_alla_famiglia_il = Giorno(
        label=_("In che giorno hai detto alla famiglia che il caso è tuo"),
        help_text=_("La famiglia deve sapere chi la segue e come trovarti."),
    )


class Urgenza(Modulo):
    urgente_fino_al = Giorno(
        label=_("Fino a che giorno serve un aiuto urgente"), initial=_in_giorni(AIUTO_URGENTE),
        help_text=_("Al massimo 30 giorni: entro quel giorno la valutazione va conclusa."),
    )  # fmt: skip


class Chiusura(Modulo):
    bozza = "chiusura"
    motivo_chiusura = forms.ChoiceField(label=_("Perché si chiude"), choices=MotivoChiusura, widget=forms.RadioSelect)
    valutazione_finale = forms.CharField(
        label=_("Com'è andata"),
        help_text=_("È la valutazione finale: entra nel diario."),
        widget=forms.Textarea(attrs={"rows": 8}),
    )
    note_di_consegna = forms.CharField(
        label=_("Che cosa resta, e a chi"),
        help_text=_(
            "Sono le note di consegna, per chi un giorno lo riapre: su che cosa la famiglia può contare da ora, "
            "che cosa è in sospeso. Se non resta niente, scrivi questo. Entrano nel diario."
        ),
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class Passaggio(Modulo):
    """Of a case that nobody takes in charge now: it is over, or only begins."""

    base_giuridica = forms.ChoiceField(
        label=_("Base giuridica"), choices=BaseGiuridica, initial=BaseGiuridica.COMPITO_PUBBLICO,
        help_text=_("Perché il tuo ente può trattare questi dati. Di solito è un compito di interesse pubblico."),
    )  # fmt: skip
    avviso_alla_famiglia_il = Giorno(
        label=_("In che giorno hai detto alla famiglia che il caso è tuo"), required=False,
        help_text=_("Se non gliel'hai ancora detto, lascia vuoto: te lo ricordiamo in «Il mio lavoro»."),
    )  # fmt: skip


class Accettazione(Passaggio):
    prossima_verifica = Giorno(label=_("Quando vi rivedete per vedere come va"), initial=_prima_verifica)


class Rifiuto(Modulo):
    motivo = forms.CharField(
        label=_("Perché non puoi prenderlo"),
        help_text=_("Il coordinatore non lo legge: vede solo che il caso torna da assegnare."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class NumeroDelCaso(forms.Form):
    numero = forms.CharField(
        label=_("Numero del caso"),
        max_length=8,
        help_text=_("Anche di un caso chiuso, se è del tuo ente. Per esempio C-7F3K2Q."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class PaginaDelBanco(forms.Form):
    """Which page of which section of the desk; what makes no sense is the first of all."""

    sezione = forms.CharField(required=False)
    pagina = forms.IntegerField(required=False, min_value=1, max_value=1_000)

    @property
    def scelta(self) -> tuple[str, int]:
        known = self.cleaned_data if self.is_valid() else {}
        return known.get("sezione") or "", known.get("pagina") or 1


class SceltaAssistente(forms.ModelChoiceField):
    def label_from_instance(self, obj: Operatore) -> str:
        """Name and load, so that the choice is fair without reading a case."""
        mine = ngettext("segue %(n)s caso", "segue %(n)s casi", obj.carico or 0) % {"n": obj.carico or 0}  # type: ignore[attr-defined]
        waiting = obj.proposti or 0  # type: ignore[attr-defined]
        asked = ngettext("%(n)s da accettare", "%(n)s da accettare", waiting) % {"n": waiting} if waiting else ""
        return f"{obj.utente} – " + ", ".join(part for part in (mine, asked) if part)


class Assegnazione(Modulo):
    assistente = SceltaAssistente(
        label=_("A chi lo assegni"), queryset=None, widget=forms.RadioSelect, empty_label=None,
        help_text=_("In ordine di carico: prima chi segue meno casi."),
    )  # fmt: skip

    def __init__(self, *args: Any, assistenti: QuerySet[Operatore], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["assistente"].queryset = assistenti  # type: ignore[attr-defined]


class Trasferimento(Modulo):
    ente: forms.ModelChoiceField = forms.ModelChoiceField(
        label=_("A quale ente passa"), queryset=None, empty_label=_("Scegli un ente")
    )
    motivo = forms.CharField(
        label=_("Perché"),
        help_text=_("Senza dati della famiglia: basta «cambio di residenza», «competenza di un altro ente»."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, enti: QuerySet[Ente], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ente"].queryset = enti  # type: ignore[attr-defined]


MODULI: dict[Passo, type[Modulo]] = {
    Passo.AVVISA: AvvisoAllaFamiglia,
    Passo.FISSA_VERIFICA: Verifica,
    Passo.AIUTA_SUBITO: Urgenza,
    Passo.CHIUDE: Chiusura,
    Passo.NON_PRENDE: Perche,
    Passo.SOSPENDE: Perche,
    Passo.RIAPRE: Perche,
}
