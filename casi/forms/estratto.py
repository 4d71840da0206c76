"""What goes into a person's copy of her data, chosen by who answers for it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from casi.selectors.estratto import Scelta
from casi.selectors.rapporto import LINGUE


class EstrattoModulo(forms.Form):
    persona = forms.TypedChoiceField(label=_("Per chi è la copia"), widget=forms.RadioSelect)
    lingua = forms.ChoiceField(label=_("In che lingua"), choices=list(LINGUE.items()))
    identita = forms.BooleanField(label=_("Ho verificato chi la chiede, e che può averla."))
    voci = forms.MultipleChoiceField(
        label=_("Voci di diario"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Rileggile: togli quelle che parlano di altri. Le note professionali entrano solo se le scegli tu."
        ),
    )

    def __init__(self, *args: Any, scelta: Scelta, **kwargs: Any) -> None:
        super().__init__(*args, **{"label_suffix": "", **kwargs})
        people = [
            (str(each.persona_id), f"{each.persona.nominativo} ({each.get_ruolo_display()})") for each in scelta.persone
        ]
        entries = [(str(voce.pk), self.words(voce)) for voce in scelta.voci]
        self.fields["persona"].choices = people  # type: ignore[attr-defined]
        self.fields["voci"].choices = entries  # type: ignore[attr-defined]
        self.initial.setdefault("voci", [str(voce.pk) for voce in scelta.voci if voce.livello < 4])
        self.initial.setdefault("lingua", "it")

    @staticmethod
    def words(voce: Any) -> str:
        level = f" · {voce.get_livello_display()}" if voce.livello == 4 else ""
        return f"{voce.avvenuto_il:%d/%m/%Y} · {voce.ente.nome}{level} · {voce.testo}"
