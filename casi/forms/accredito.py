"""Forms of the desk that accredits: a body's signature, a person's role."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi.forms.base import Modulo
from casi.forms.campi import Giorno, GiornoVicino
from casi.models import MotivoRipristino, Riconosciuta
from catalogo.models import Accordo, Ente
from catalogo.models.accordo import RuoloPrivacy
from catalogo.models.operatore import RuoloOperatore

NON_ANCORA = ("", _("Non ancora firmato"))


class FirmaModulo(Modulo):
    """From when to when, and the privacy agreement, which may come later."""

    valida_dal = Giorno(label=_("Valida dal"))
    valida_al = Giorno(
        label=_("Ultimo giorno"),
        required=False,
        help_text=_("Se lo lasci vuoto vale cinque anni. Il giorno è compreso."),
    )
    ruolo_privacy = forms.ChoiceField(
        label=_("Accordo privacy: in quale veste"), choices=[NON_ANCORA, *RuoloPrivacy.choices], required=False
    )
    privacy_firmata_il = Giorno(
        label=_("Accordo privacy firmato il"),
        required=False,
        help_text=_("Senza, nessuno dell'ente entra nell'area riservata."),
    )


class AdesioneModulo(FirmaModulo):
    accordo = forms.ModelChoiceField(label=_("Accordo"), queryset=Accordo.objects.none(), empty_label=None)
    ente = forms.ModelChoiceField(label=_("Ente"), queryset=Ente.objects.none())
    field_order = ["accordo", "ente"]

    def __init__(self, *args: Any, accordi: QuerySet[Accordo], enti: QuerySet[Ente], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["accordo"].queryset = accordi  # type: ignore[attr-defined]
        self.fields["ente"].queryset = enti  # type: ignore[attr-defined]


class PassaggioModulo(Modulo):
    """One of the moves the adhesion allows now."""

    passaggio = forms.ChoiceField(label=_("Che cosa succede"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, passaggi: list[tuple[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["passaggio"].choices = passaggi  # type: ignore[attr-defined]


class PrivacyModulo(Modulo):
    ruolo_privacy = forms.ChoiceField(label=_("In quale veste"), choices=RuoloPrivacy.choices)
    privacy_firmata_il = Giorno(label=_("Firmato il"))
    letta = forms.CharField(widget=forms.HiddenInput, required=False)


class RuoloModulo(Modulo):
    ruolo = forms.ChoiceField(label=_("Ruolo"), choices=RuoloOperatore.choices)


def _ultimo_giorno(help_text: Any) -> Giorno:
    return Giorno(label=_("Ultimo giorno"), required=False, help_text=help_text)


class OperatoreModulo(RuoloModulo):
    email = forms.EmailField(
        label=_("E-mail di lavoro"), help_text=_("Personale, non di gruppo: a questo indirizzo arriva l'invito.")
    )
    nome = forms.CharField(label=_("Nome"), max_length=150, required=False)
    cognome = forms.CharField(
        label=_("Cognome"),
        max_length=150,
        required=False,
        help_text=_("Nome e cognome solo se non ha ancora un account."),
    )
    dal = GiornoVicino(label=_("Dal giorno"), initial=timezone.localdate)
    al = _ultimo_giorno(
        _("Per chi supplisce o ha un contratto a termine. Il giorno è compreso. Vuoto: senza scadenza.")
    )
    field_order = ["email", "nome", "cognome", "ruolo", "dal", "al"]


class UltimoGiornoModulo(Modulo):
    """`letto`: the one that was on the page."""

    letto = forms.DateField(widget=forms.HiddenInput, required=False)
    al = _ultimo_giorno(_("Il giorno è compreso. Vuoto: senza scadenza."))


class RiconosciutaModulo(Modulo):
    """How one knows who asks."""

    riconosciuta = forms.ChoiceField(
        label=_("Come l'hai riconosciuta"),
        choices=Riconosciuta.choices,
        widget=forms.RadioSelect,
        help_text=_("Mai per telefono o per e-mail soltanto: chiunque può dire di essere lei."),
    )


class RipristinoModulo(RiconosciutaModulo):
    PERCHE = [each for each in MotivoRipristino.choices if each[0] != MotivoRipristino.INDIRIZZO]
    motivo = forms.ChoiceField(label=_("Perché"), choices=PERCHE, widget=forms.RadioSelect)
    field_order = ["motivo"]


class EmailModulo(RiconosciutaModulo):
    motivo = forms.ChoiceField(label=_("Perché"), choices=MotivoRipristino.choices, widget=forms.RadioSelect)
    email = forms.EmailField(label=_("Nuova e-mail di lavoro"), help_text=_("Personale, non di gruppo."))
    field_order = ["email", "motivo"]


class ConfermaModulo(Modulo):
    """Nothing to write: a button that says what it does."""
