"""The first conversation, in four steps on one page."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi.forms.base import Modulo, Passi
from casi.models import EsitoAscolto, Interlocutore, Modalita
from casi.selectors.ascolti import informative
from casi.selectors.pubblico import bisogni


class AscoltoForm(Modulo):
    """Needs and resources go together: what a person can count on is asked as surely as what she lacks."""

    bozza = "ascolto"
    PASSI: Passi = (
        (_("Chi e come"), ("sigla", "quando", "modalita", "interlocutore")),
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
    quando = forms.DateTimeField(
        label=_("Quando"),
        initial=timezone.localtime,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    modalita = forms.ChoiceField(label=_("Come"), choices=Modalita, widget=forms.RadioSelect)
    interlocutore = forms.ChoiceField(label=_("Con chi"), choices=Interlocutore, widget=forms.RadioSelect)
    bisogni = forms.MultipleChoiceField(label=_("Di che cosa ha bisogno"), widget=forms.CheckboxSelectMultiple)
    racconto = forms.CharField(
        label=_("Che cosa racconta"),
        help_text=_("Con le sue parole. Di salute e di minori solo ciò che serve per aiutare."),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    risorse = forms.CharField(
        label=_("Su che cosa e su chi può contare"),
        help_text=_("Capacità, lavoro, amici, parenti, vicini, casa: qualcosa c'è sempre."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    urgente = forms.BooleanField(label=_("Serve un aiuto subito"), required=False)
    informativa: Any = forms.ModelChoiceField(
        queryset=None,
        label=_("Informativa consegnata"),
        help_text=_("Serve per proporre la presa in carico: il servizio sociale leggerà questo ascolto."),
        required=False,
        empty_label=_("Non ancora"),
    )
    esito = forms.ChoiceField(label=_("Esito"), choices=EsitoAscolto, widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["bisogni"].choices = [(each.codice, str(each)) for each in bisogni()]  # type: ignore[attr-defined]
        self.fields["informativa"].queryset = informative()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("esito") == EsitoAscolto.PROPOSTA and not data.get("informativa"):
            self.add_error("informativa", _("Consegna l'informativa prima di proporre la presa in carico."))
        return data
