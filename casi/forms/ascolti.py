"""The first conversation, in four steps on one page."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi.forms.base import Correzione, Modulo, Passi
from casi.forms.campi import Quando
from casi.forms.condivisione import SceltaInformativa
from casi.models import EsitoAscolto, Informativa, Interlocutore, Modalita, Motivo, PrimoAscolto
from casi.selectors.ascolti import informative
from casi.selectors.casi import Riga
from casi.selectors.pubblico import bisogni

RIGA = forms.TextInput(attrs={"autocomplete": "off"})
INCONTRO = ("quando", "modalita", "luogo", "interlocutore", "motivo")


class AscoltoForm(Modulo):
    """Needs and resources go together: what a person can count on is asked as surely as what she lacks.

    `di`: the conversation it corrects or follows; what was chosen there can be chosen still.
    """

    bozza = "ascolto"
    PASSI: Passi = (
        (_("Chi e come"), ("sigla", "nome", "contatto", "contatto_sicuro", *INCONTRO)),
        (_("Bisogni e risorse"), ("bisogni", "racconto", "risorse", "urgente")),
        (_("I suoi dati"), ("informativa",)),
        (_("Com'è andata"), ("esito",)),
    )

    sigla = forms.CharField(
        label=_("Sigla"),
        help_text=_("Se la persona non dice il nome: una sigla che ritrovi, per esempio «A3». Mai il nome."),
        required=False,
        max_length=20,
    )
    nome = forms.CharField(
        label=_("Come si chiama la persona"), help_text=_("Solo se vuole dirlo."), required=False, widget=RIGA
    )
    contatto = forms.CharField(
        label=_("Telefono o e-mail"), help_text=_("Solo se vuole lasciarlo."), required=False, widget=RIGA
    )
    contatto_sicuro = forms.CharField(
        label=_("Come ricontattarla senza metterla in pericolo"),
        help_text=_("Solo se vuole dirlo: in quali orari, attraverso chi."),
        required=False,
        widget=RIGA,
    )
    quando = Quando(label=_("Quando"), initial=timezone.localtime)
    modalita = forms.ChoiceField(label=_("Come"), choices=Modalita, widget=forms.RadioSelect)
    luogo = forms.CharField(
        label=_("Dove"),
        help_text=_("Se serve ritrovarlo: per esempio «allo sportello», «in stazione, binario 1»."),
        required=False,
        max_length=200,
        widget=RIGA,
    )
    interlocutore = forms.ChoiceField(label=_("Con chi"), choices=Interlocutore, widget=forms.RadioSelect)
    motivo = forms.ChoiceField(
        label=_("Come mai vi parlate"),
        choices=[("", _("Non si sa")), *Motivo.choices],
        initial="",
        required=False,
        widget=forms.RadioSelect,
    )
    bisogni = forms.MultipleChoiceField(label=_("Di che cosa ha bisogno"), widget=forms.CheckboxSelectMultiple)
    racconto = forms.CharField(
        label=_("Che cosa racconta"),
        help_text=_("Perché cerca aiuto, con le sue parole. Di salute e di minori solo ciò che serve per aiutare."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    risorse = forms.CharField(
        label=_("Su che cosa e su chi può contare"),
        help_text=_("Capacità, lavoro, amici, parenti, vicini, casa: qualcosa c'è sempre."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    urgente = forms.BooleanField(label=_("Serve un aiuto subito"), required=False)
    informativa = SceltaInformativa(
        queryset=Informativa.objects.none(),
        label=_("Informativa consegnata"),
        help_text=_("Serve per proporre la presa in carico: il servizio sociale leggerà questo ascolto."),
        required=False,
        empty_label=_("Non ancora"),
    )
    esito = forms.ChoiceField(label=_("Esito"), choices=EsitoAscolto, widget=forms.RadioSelect)

    def __init__(self, *args: Any, di: PrimoAscolto | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        needs, given = (di.bisogni, di.informativa_id) if di else ((), None)
        self.fields["bisogni"].choices = [(each.codice, str(each)) for each in bisogni(needs)]  # type: ignore[attr-defined]
        self.fields["informativa"].queryset = informative(given)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("esito") == EsitoAscolto.PROPOSTA and not data.get("informativa"):
            self.add_error("informativa", _("Consegna l'informativa prima di proporre la presa in carico."))
        return data


class AscoltoCorrettoForm(Correzione, AscoltoForm):
    """Of one that is there."""

    PASSI: Passi = (*AscoltoForm.PASSI, (_("Perché"), ("perche",)))


class SeguitoForm(AscoltoForm):
    """Another conversation with the same person."""

    bozza = "seguito"


class AscoltoSulCasoForm(AscoltoForm):
    """Of a case that is open: its people are known, and nobody is asked to take it on."""

    bozza = "ascolto_sul_caso"
    PASSI: Passi = ((_("Chi e come"), INCONTRO), *AscoltoForm.PASSI[1:])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["informativa"].help_text = ""
        self.fields["esito"].choices = [  # type: ignore[attr-defined]
            pair for pair in EsitoAscolto.choices if pair[0] != EsitoAscolto.PROPOSTA
        ]


class NonPresaForm(Modulo):
    """Why somebody is not taken on."""

    bozza = "non_presa"
    motivo = forms.CharField(
        label=_("Motivo"),
        help_text=_("Lo legge chi ha fatto la proposta: che cosa può fare adesso, a chi può rivolgersi."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AggiuntaForm(Modulo):
    """To which case."""

    caso = forms.TypedChoiceField(label=_("A quale caso"), coerce=UUID, widget=forms.RadioSelect)

    def __init__(self, *args: Any, casi: Sequence[Riga] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        shown = [
            (str(each.caso.pk), " · ".join(filter(None, (each.caso.numero, each.nome, each.ente)))) for each in casi
        ]
        self.fields["caso"].choices = shown  # type: ignore[attr-defined]
