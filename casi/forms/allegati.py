"""Adding a file."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casi.forms.base import Modulo
from casi.forms.livelli import LivelloField, livelli_for
from casi.models import Livello

ACCETTATI = ".pdf,.jpg,.jpeg,.png,.odt,.docx"


class AllegatoModulo(Modulo):
    file = forms.FileField(
        label=_("File"),
        max_length=None,
        widget=forms.FileInput({"accept": ACCETTATI}),
        help_text=_(
            "PDF, foto (JPG, PNG) o testi (ODT, DOCX) fino a 10 MB. Dalle foto togliamo luogo e ora dello scatto."
        ),
        error_messages={
            "required": _(
                "Scegli un file, al massimo di 10 MB. Se lo avevi già scelto, era troppo grande o va ripreso."
            ),
            "empty": _("Il file è vuoto."),
        },
    )
    livello = LivelloField()
    condiviso = forms.BooleanField(label=_("Lo legge anche l'assistente sociale"), required=False)

    def __init__(self, *args: Any, note: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["livello"].offer(livelli_for(note, Livello.PROFESSIONALE))  # type: ignore[attr-defined]
        if note:
            del self.fields["condiviso"]
