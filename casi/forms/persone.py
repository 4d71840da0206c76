"""A person, her place in the household, those close to her, where she lives."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.forms.models import fields_for_model
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from casi.attore import Attore
from casi.codice_fiscale import plausible, written
from casi.errori import Impossibile
from casi.forms.base import Correzione, Modulo, Passi, con_campi
from casi.forms.campi import FINE_PRIMA, GiornoVicino, Nascita
from casi.models import LegameSociale, Persona, Residenza, RuoloNelNucleo
from casi.selectors.doppioni import Somiglianza, somiglianti
from casi.selectors.identita import Identita
from catalogo.models import Comune

CHI = ("cognome", "nome", "data_nascita", "nascita_presunta", "luogo_nascita", "cittadinanza")
CARTE = ("codice_fiscale", "documenti")
COME = ("contatto_sicuro", "telefono", "email", "lingua", "interprete", "senza_dimora")
CAMPI = (*CHI, *CARTE, *COME)
LEGAME = ("chi", "rapporto", "contatto", "nota")
DI_UNA_RIGA = ("cognome", "nome", "luogo_nascita", "cittadinanza", "codice_fiscale", "telefono", "email")
RIGA: Any = forms.TextInput(attrs={"autocomplete": "off"})
USCITA_GIA_DETTA = _(
    "Intanto qualcun altro ha scritto che il suo ultimo giorno è %(giorno)s. Il tuo è qui: se è giusto, salva di nuovo."
)
SOMIGLIA = _(
    "C'è già una scheda che somiglia a questa. Se il caso non è fra i tuoi, chiedi a chi coordina il tuo servizio chi "
    "lo segue, prima di crearne un'altra."
)


# What a person is recognised by, with what stands for not known.
IDENTITA: dict[str, Any] = {"cognome": "", "nome": "", "data_nascita": None, "codice_fiscale": ""}


@con_campi(
    fields_for_model(
        Persona,
        CAMPI,
        widgets=dict.fromkeys(DI_UNA_RIGA, RIGA)
        | {name: forms.Textarea({"rows": 2}) for name in ("documenti", "contatto_sicuro")},
    )
    | {
        "data_nascita": Nascita(label=_("Data di nascita"), required=False),
        "lingua": Persona._meta.get_field("lingua").formfield(max_length=40, widget=RIGA),
    }
)
class PersonaForm(Modulo):
    """Who is on record. Doubts are told once, and a tick passes over them: people differ from what forms expect."""

    bozza = "persona"
    PASSI: Passi = (
        (_("Chi è"), (*CHI, "somiglia")),
        (_("Documenti"), (*CARTE, "codice_comunque")),
        (_("Come si contatta"), COME),
    )
    PASSANO = ("somiglia", "codice_comunque")
    TECHNICAL = frozenset({*Modulo.TECHNICAL, *PASSANO})

    somiglia = forms.BooleanField(label=_("Ho verificato: è un'altra persona, creala lo stesso"), required=False)
    codice_comunque = forms.BooleanField(label=_("Salva lo stesso questo codice"), required=False)

    def __init__(self, *args: Any, attore: Attore | None = None, persona: Persona | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.attore, self.persona, self.simili = attore, persona, Somiglianza(ce=False)
        self.nota = self.identity({name: getattr(persona, name, None) for name in IDENTITA})
        for name in self.PASSANO:
            if not self.data.get(self.add_prefix(name)):
                self.fields[name].widget = forms.HiddenInput()

    def clean_codice_fiscale(self) -> str:
        return written(self.cleaned_data["codice_fiscale"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        codice = data.get("codice_fiscale", "")
        doubtful = codice not in ("", self.nota.codice_fiscale) and not plausible(codice)
        if doubtful and not data.get("codice_comunque"):
            self.doubt("codice_comunque", _("La lettera di controllo non torna: rileggi il codice sulla tessera."))
        if self.attore and self.identity(data) != self.nota:
            known = self.persona.pk if self.persona else None
            try:
                self.simili = somiglianti(self.attore, self.identity(data), tranne=known)
            except Impossibile as error:
                raise forms.ValidationError(str(error)) from error
            if self.simili.ce and not data.get("somiglia"):
                self.doubt("somiglia", SOMIGLIA)
        return data

    def identity(self, data: dict[str, Any]) -> Identita:
        return Identita(**{name: data.get(name) or default for name, default in IDENTITA.items()})

    def doubt(self, name: str, words: Any) -> None:
        self.fields[name].widget = forms.CheckboxInput()
        self.add_error(name, words)


class NuovaPersonaForm(PersonaForm):
    """Of a household, from a day on."""

    PASSI: Passi = (*PersonaForm.PASSI, (_("Nel nucleo"), ("ruolo", "dal")))
    ruolo = forms.ChoiceField(label=_("Ruolo nel nucleo"), choices=RuoloNelNucleo, initial=RuoloNelNucleo.ALTRO_PARENTE)
    dal = GiornoVicino(label=_("Dal"), initial=timezone.localdate)


class SchedaForm(Correzione, PersonaForm):
    """Who is on record, and with which part and since when in this household, while she is in it. Empty: as it was."""

    NEL_NUCLEO: Passi = ((_("Nel nucleo"), ("ruolo", "dal")),)
    ruolo = forms.ChoiceField(label=_("Ruolo nel nucleo"), choices=RuoloNelNucleo, required=False)
    dal = GiornoVicino(label=_("Dal"), required=False)

    def __init__(self, *args: Any, nel_nucleo: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.PASSI = (*PersonaForm.PASSI, *(self.NEL_NUCLEO if nel_nucleo else ()), (_("Perché"), ("perche",)))
        if not nel_nucleo:
            del self.fields["ruolo"], self.fields["dal"]


class AperturaForm(PersonaForm):
    """The first person of a new case, from what is already known."""

    bozza = "apertura"
    SPOSTA = _("Sposta il cognome nella sua casella: arrivando erano insieme.")
    PASSI: Passi = (*PersonaForm.PASSI, (_("Il caso"), ("comune",)))
    comune = forms.ModelChoiceField(queryset=Comune.objects.none(), label=_("Comune"), required=False)

    def __init__(self, *args: Any, comuni: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comune"].queryset = Comune.objects.none() if comuni is None else comuni  # type: ignore[attr-defined]
        self._look_at_the_name(self.data if self.is_bound else self.initial)

    def riprendi(self, texts: Mapping[str, list[str]]) -> None:
        super().riprendi(texts)
        self._look_at_the_name(self.initial)

    def _look_at_the_name(self, said: Mapping[str, Any]) -> None:
        """Who asked, or was heard, had one box for both."""
        together = not said.get("cognome") and len(said.get("nome", "").split()) > 1
        self.fields["nome"].help_text = self.SPOSTA if together else ""


class UscitaForm(Modulo):
    """`detto`: the last day on record, if any. Another than was on the page is told, before it is gone over."""

    letto = forms.DateField(widget=forms.HiddenInput, required=False)
    al = GiornoVicino(label=_("Ultimo giorno nel nucleo"), initial=timezone.localdate)

    def __init__(self, *args: Any, detto: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.detto = self.fields["letto"].initial = detto

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.detto and data.get("letto") != self.detto:
            self.data = {**self.data.dict(), "letto": self.detto}  # type: ignore[attr-defined]
            raise forms.ValidationError(USCITA_GIA_DETTA % {"giorno": date_format(self.detto, "j F Y").lower()})
        return data


class UscitaCorrettaForm(Correzione, UscitaForm):
    """On another day than was said."""


class PerErroreForm(Modulo):
    perche = forms.CharField(
        label=_("Com'è successo"),
        help_text=_("Per esempio «era la vicina di casa»."),
        max_length=500,
        required=False,
        widget=RIGA,
    )


class TogliForm(Modulo):
    """Of a tie, or a home, that was written by mistake."""

    perche = forms.CharField(
        label=_("Perché"),
        help_text=_("Per esempio «è di un'altra famiglia». Resta in «Com'era prima»."),
        max_length=500,
        widget=RIGA,
    )


class RimettiForm(Modulo):
    """Nothing to fill in: only that it counts once."""


class RientroForm(Modulo):
    ruolo = forms.ChoiceField(label=_("Ruolo nel nucleo"), choices=RuoloNelNucleo)
    dal = GiornoVicino(label=_("Di nuovo nel nucleo dal"), initial=timezone.localdate)


@con_campi(
    fields_for_model(
        LegameSociale,
        LEGAME,
        widgets=dict.fromkeys(LEGAME, RIGA) | {"nota": forms.Textarea({"rows": 3})},
    )
)
class LegameForm(Modulo):
    """Somebody close to the household."""


@con_campi(fields_for_model(Residenza, ("tipo", "indirizzo"), widgets={"indirizzo": RIGA}))
class ResidenzaForm(Modulo):
    comune = forms.ModelChoiceField(queryset=Comune.objects.none(), label=_("Comune"), required=False)
    dal = GiornoVicino(label=_("Dal"), initial=timezone.localdate)
    al = GiornoVicino(label=_("Al"), required=False, help_text=_("Ultimo giorno. Vuoto: ci vive ancora."))

    def __init__(self, *args: Any, comuni: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["comune"].queryset = Comune.objects.none() if comuni is None else comuni  # type: ignore[attr-defined]
        self.order_fields(("tipo", "indirizzo", "comune", "dal", "al"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        start, end = data.get("dal"), data.get("al")
        if start and end and end < start:
            self.add_error("al", FINE_PRIMA)
        return data


class LegameCorrettoForm(Correzione, LegameForm):
    """Of one that is there."""


class ResidenzaCorrettaForm(Correzione, ResidenzaForm):
    """Of one that is there."""
