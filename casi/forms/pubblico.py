"""The forms that anybody may send. Their words, labels of choices included, are translated in every language."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.validators import validate_email
from django.utils.translation import gettext_lazy as _

from casi.forms.base import Modulo
from casi.forms.campi import as_on_receipt
from casi.lingue import LINGUE
from casi.models import Canale, Rapporto
from casi.selectors.pubblico import bisogni_da_chiedere, comuni
from catalogo.models import Bisogno

FEWEST_DIGITS = 6
CANALI = (
    (Canale.TELEFONO, _("Telefonatemi")),
    (Canale.MESSAGGIO, _("Mandatemi un messaggio sul telefono")),
    (Canale.EMAIL, _("Scrivetemi un'e-mail")),
    (Canale.DI_PERSONA, _("Passo io di persona")),
)
# As Rapporto says it: the words of this file are translated, those of a model of the reserved area are not.
RAPPORTI = (
    (Rapporto.VICINO, _("Vicino di casa o conoscente")),
    (Rapporto.PARENTE, _("Parente")),
    (Rapporto.PARROCCHIA, _("Parrocchia")),
    (Rapporto.SCUOLA, _("Scuola")),
    (Rapporto.NEGOZIO, _("Negozio")),
    (Rapporto.ASSOCIAZIONE, _("Associazione")),
    (Rapporto.ALTRO, _("Altro")),
)


class ModuloPubblico(Modulo):
    """`sito` is a trap: people do not see it, machines fill it in."""

    versione = None  # type: ignore[assignment]  # Django's way to leave a field out
    NON_FATTO = _("Non è ancora partito nulla. Quello che hai scritto è rimasto.")
    TECHNICAL = frozenset({"chiave", "sito"})
    sito = forms.CharField(
        label=_("Lascia vuota questa riga"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_sito(self) -> str:
        if self.cleaned_data["sito"]:
            raise forms.ValidationError(_("Lascia vuota questa riga, serve a fermare i messaggi automatici."))
        return ""

    @property
    def visibili(self) -> list[forms.BoundField]:
        """The fields a person fills in, in their order."""
        return [field for field in self.visible_fields() if field.name != "sito"]


class RichiestaForm(ModuloPubblico):
    """Asks how to find the person again, and next to nothing else: the rest is for a conversation."""

    bisogni = forms.MultipleChoiceField(
        label=_("Di che cosa hai bisogno?"),
        help_text=_("Scegli anche più di una cosa. Se non lo sai, vai avanti: ne parliamo insieme."),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    per_conto = forms.BooleanField(label=_("Chiedo per un'altra persona, che lo sa"), required=False)
    nome = forms.CharField(
        label=_("Come ti chiami?"),
        help_text=_("Basta il nome, o quello con cui vuoi essere chiamato."),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    comune: Any = forms.ModelChoiceField(
        queryset=None, label=_("In che comune vivi?"), required=False, empty_label=_("Un altro, o nessuno fisso")
    )
    canale = forms.ChoiceField(
        label=_("Come possiamo risponderti?"),
        choices=CANALI,
        widget=forms.RadioSelect,
        error_messages={"required": _("Scegli come possiamo risponderti.")},
    )
    contatto = forms.CharField(
        label=_("Numero di telefono o indirizzo e-mail"),
        help_text=_("Non serve se passi di persona."),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    contatto_sicuro = forms.CharField(
        label=_("C'è qualcosa da sapere prima di contattarti?"),
        help_text=_("Per esempio: solo di mattina; niente messaggi in segreteria; risponde mia sorella."),
        required=False,
        max_length=200,
    )
    lingua = forms.ChoiceField(
        label=_("In che lingua preferisci parlare?"),
        choices=[(code, name) for code, name, _it in LINGUE],
        error_messages={"required": _("Scegli la lingua.")},
    )
    interprete = forms.BooleanField(label=_("Mi serve qualcuno che traduca"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contatto"].alternativo = True  # type: ignore[attr-defined]
        self.elenco: dict[str, Bisogno] = {each.codice: each for each in bisogni_da_chiedere()}
        self.fields["bisogni"].choices = [(code, str(each)) for code, each in self.elenco.items()]  # type: ignore[attr-defined]
        self.fields["comune"].queryset = comuni()  # type: ignore[attr-defined]

    @property
    def tasselli(self) -> Iterator[tuple[Any, Bisogno]]:
        """Each choice of `bisogni` with the need it stands for."""
        return ((choice, self.elenco[str(choice.data["value"])]) for choice in self["bisogni"])

    def clean(self) -> dict[str, Any]:
        """What the chosen way of answering needs is there."""
        data = super().clean() or {}
        problem = _what_lacks(data.get("canale", ""), data.get("contatto", ""))
        if problem:
            self.add_error("contatto", problem)
        return data


def _what_lacks(canale: str, contatto: str) -> Any:
    if canale in {Canale.TELEFONO, Canale.MESSAGGIO} and sum(map(str.isdigit, contatto)) < FEWEST_DIGITS:
        return _("Scrivi il numero a cui possiamo risponderti.")
    if canale == Canale.EMAIL:
        try:
            validate_email(contatto)
        except forms.ValidationError:
            return _("Scrivi un indirizzo e-mail, per esempio nome@esempio.it.")
    return None


class SegnalazioneForm(ModuloPubblico):
    """For who worries about somebody: enough to find the person, nothing about who writes unless he wants."""

    minori_a_rischio = forms.BooleanField(
        label=_("Ci sono bambini o ragazzi che possono essere in pericolo"),
        help_text=_("La legge solo chi si occupa di minori."),
        required=False,
    )
    urgente = forms.BooleanField(label=_("Serve qualcuno nei prossimi giorni"), required=False)
    persona = forms.CharField(
        label=_("Chi ti preoccupa, e come possiamo trovarlo?"),
        help_text=_("Per esempio: la signora anziana al terzo piano. Non servono i motivi, né dettagli sulla salute."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Scrivi chi ti preoccupa: basta quello che sai.")},
    )
    zona = forms.CharField(
        label=_("Dove vive?"), help_text=_("Anche solo il quartiere o la via."), required=False, max_length=200
    )
    comune: Any = forms.ModelChoiceField(
        queryset=None, label=_("In che comune?"), required=False, empty_label=_("Un altro, o non lo so")
    )
    rapporto = forms.ChoiceField(
        label=_("Chi sei per questa persona?"),
        choices=RAPPORTI,
        widget=forms.RadioSelect,
        error_messages={"required": _("Scegli chi sei per questa persona.")},
    )
    sa_della_segnalazione = forms.BooleanField(label=_("Questa persona sa che scrivo"), required=False)
    segnalante = forms.CharField(
        label=_("Come ti chiami?"),
        help_text=_("Il tuo nome non viene mai dato alla persona, né ad altri enti."),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    segnalante_contatto = forms.CharField(
        label=_("Se vuoi che ti richiamiamo, dove?"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comune"].queryset = comuni()  # type: ignore[attr-defined]


class RitiroForm(ModuloPubblico):
    NON_FATTO = _("La richiesta non è ancora ritirata.")
    codice = forms.CharField(
        label=_("Codice della ricevuta"),
        help_text=_("Comincia con R, per esempio R-7F3K-2Q9P."),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "dir": "ltr"}),
        error_messages={"required": _("Scrivi il codice che è sulla ricevuta.")},
    )

    def clean_codice(self) -> str:
        return as_on_receipt(self.cleaned_data["codice"])
