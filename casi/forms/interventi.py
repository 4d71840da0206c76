"""Writing an intervention."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi.actions.interventi import FINALI, PASSI, PRIMI, Aiuto
from casi.forms.base import Modulo
from casi.forms.campi import Giorno
from casi.models import StatoIntervento
from catalogo.models import TipoServizio


class InterventoModulo(Modulo):
    """`stato`: where it stands now, none for a new one; `servizi`: (key, title) of the own body's sheets."""

    bozza = "intervento"
    tipo = forms.ModelChoiceField(
        label=_("Che tipo di aiuto è"), queryset=TipoServizio.objects.filter(attivo=True), empty_label=_("Scegli…")
    )
    servizio = forms.TypedChoiceField(
        label=_("Quale servizio del tuo ente"), coerce=UUID, empty_value=None, required=False
    )
    stato = forms.ChoiceField(label=_("A che punto è"))
    dal = Giorno(label=_("Dal"), initial=timezone.localdate)
    al = Giorno(label=_("Al"), required=False, help_text=_("Vuoto: continua."))
    nota = forms.CharField(
        label=_("Nota"),
        required=False,
        max_length=5_000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("La leggono il tuo ente e l'assistente sociale che segue il caso. Gli altri enti mai."),
    )
    condiviso = forms.BooleanField(
        label=_("Gli altri enti ne vedono tipo e periodo"),
        required=False,
        initial=True,
        help_text=_("Serve a non fare due volte la stessa cosa. Non vedono chi aiuta, né la nota."),
    )

    def __init__(
        self, *args: Any, stato: str | None = None, servizi: Iterable[tuple[str, str]] = (), **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["servizio"].choices = [("", _("Nessuno in particolare")), *servizi]  # type: ignore[attr-defined]
        # What was sent may be a step from a state that somebody has changed meanwhile: the action answers to that.
        open_now = set(StatoIntervento.values) if self.is_bound else {stato, *PASSI[stato]} if stato else PRIMI
        self.fields["stato"].choices = [each for each in StatoIntervento.choices if each[0] in open_now]  # type: ignore[attr-defined]
        if not servizi:
            del self.fields["servizio"]

    @property
    def aiuto(self) -> Aiuto:
        return Aiuto(**{**self.campi, "tipo": self.campi["tipo"].pk})


class FineIntervento(Modulo):
    """How the help of a body that left the case ends; `da`: where it stands now."""

    stato = forms.ChoiceField(label=_("Com'è finito"), widget=forms.RadioSelect)
    al = Giorno(
        label=_("Quando è finito"),
        required=False,
        help_text=_("Serve se è concluso; se non c'è mai stato, lascia vuoto."),
    )
    motivo = forms.CharField(
        label=_("Come lo sai"),
        max_length=2_000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("Entra nel diario del tuo ente. Quello che ha scritto l'altro ente resta com'è."),
    )

    def __init__(self, *args: Any, da: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_now = FINALI if self.is_bound else FINALI & PASSI[da]
        self.fields["stato"].choices = [each for each in StatoIntervento.choices if each[0] in open_now]  # type: ignore[attr-defined]
