"""What goes into a person's copy of her data, chosen by who answers for it."""

from typing import Any
from uuid import UUID, uuid5

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from casi.forms.base import Modulo
from casi.models import Componente, Livello, PrimoAscolto, Valutazione, VoceDiario, VoceValutazioneRiservata
from casi.selectors.estratto import Chiesto, Scelta
from casi.selectors.rapporto import LINGUE

TESTI = ("racconti", "voci", "aree")
SUA = ("sua", _("La sua"))


class EstrattoModulo(Modulo):
    persona = forms.TypedChoiceField(
        label=_("Per chi è la copia"),
        widget=forms.RadioSelect,
        help_text=_("A chi è uscito dal nucleo va solo ciò che c'è prima del suo ultimo giorno, anche se segni altro."),
    )
    lingua = forms.ChoiceField(
        label=_("In che lingua"),
        choices=[SUA, *LINGUE.items()],
        help_text=_("«La sua» è quella scritta nella sua scheda; italiano, se non è fra queste."),
    )
    identita = forms.BooleanField(label=_("Ho verificato chi la chiede, e che può averla."))
    racconti = forms.MultipleChoiceField(
        label=_("Ascolti e valutazioni"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Metti ciò che ha detto chi riceve la copia: in una famiglia può aver parlato qualcun altro."),
    )
    voci = forms.MultipleChoiceField(
        label=_("Voci di diario"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Metti, dopo averle rilette, quelle che parlano di chi riceve la copia. I nomi e i contatti di altri che "
            "conosciamo li copriamo noi. Le note professionali e le voci riservate entrano solo se le scegli tu."
        ),
    )
    aree = forms.MultipleChoiceField(
        label=_("Salute, bambini e ragazzi"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Sono le parti riservate della valutazione: entrano solo se le scegli tu, dopo averle rilette."),
    )
    contatto_sicuro = forms.BooleanField(
        label=_("Metti anche quando e come contattarla senza pericolo"),
        required=False,
        help_text=_(
            "Solo se lo vuole scritto e ha dove tenere la copia: chi vive con lei potrebbe trovarla. Se no, diglielo a "
            "voce."
        ),
    )

    enti = forms.MultipleChoiceField(
        label=_("Quali enti nomina, oltre a chi segue il caso"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_(
            "Il nome di un ente può dire a chi legge che qualcuno ha chiesto aiuto per difendersi da lui. Gli enti "
            "che non segni, la copia li chiama «un altro ente della rete»."
        ),
    )

    riletti = forms.CharField(label=_("A chi vanno i testi"), required=False, widget=forms.HiddenInput)

    TECHNICAL = frozenset({*Modulo.TECHNICAL, "riletti"})

    def __init__(self, *args: Any, scelta: Scelta, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.scelta, testi = scelta, scelta.testi
        racconti: list[PrimoAscolto | Valutazione] = [*testi.ascolti, *testi.valutazioni]
        choices = {
            "persona": [(each.persona_id, self.name(each)) for each in scelta.persone],
            "racconti": [(each.pk, self.told(each)) for each in racconti],
            "voci": [(voce.pk, self.words(voce)) for voce in testi.voci],
            "aree": [(voce.pk, self.reserved(voce)) for voce in testi.aree],
        }
        for name, pairs in choices.items():
            self.fields[name].choices = [(str(key), text) for key, text in pairs]  # type: ignore[attr-defined]
        if scelta.enti:
            self.fields["enti"].choices = [(each, each) for each in scelta.enti]  # type: ignore[attr-defined]
        else:
            del self.fields["enti"]
        alone = len(scelta.persone) == 1  # the copy is hers; nobody else can have told it
        hers = self.sua = alone and not scelta.pericolo
        self.initial.setdefault("persona", str(scelta.persone[0].persona_id) if alone else "")
        self.initial.setdefault("racconti", [str(each.pk) for each in racconti if hers])
        ordinary = [str(voce.pk) for voce in testi.voci if voce.livello <= Livello.CARTELLA]
        self.initial.setdefault("voci", ordinary if hers else [])

    def clean(self) -> dict[str, Any]:
        """Where the wrong person may get them, how many texts go to whom is told before they do, and again whenever
        they are others."""
        data = super().clean() or {}
        chosen = {UUID(key) for name in TESTI for key in data.get(name, ())}
        if self.sua or not chosen or "persona" not in data:
            return data
        a_chi = dict(self.fields["persona"].choices)[data["persona"]]  # type: ignore[attr-defined]
        n = self.scelta.going(UUID(data["persona"]), chosen)
        mark = str(uuid5(UUID(data["persona"]), " ".join(sorted(map(str, chosen)))))
        if data.get("riletti") != mark:
            told = ngettext("A %(chi)s va %(n)s testo.", "A %(chi)s vanno %(n)s testi.", n) % {"chi": a_chi, "n": n}
            self.fields["riletti"].widget = forms.CheckboxSelectMultiple(choices=[(mark, _("Sì, può leggerli."))])
            self.fields["riletti"].required = True
            self.add_error("riletti", told + " " + _("Controlla che non facciano danno a nessuno, poi conferma qui."))
        return data

    def asked(self) -> Chiesto | None:
        """Which copy; None for a form that has something wrong in it."""
        if not self.is_valid():
            return None
        said = self.cleaned_data
        texts = frozenset(UUID(key) for name in TESTI for key in said[name])
        lingua = said["lingua"] if said["lingua"] in LINGUE else ""
        enti = frozenset(said.get("enti", ())) if self.scelta.pericolo else None
        return Chiesto(UUID(said["persona"]), texts, lingua, said["contatto_sicuro"], enti)

    @staticmethod
    def name(componente: Componente) -> str:
        """With the last day of who has left."""
        gone = _("fino al %(giorno)s") % {"giorno": f"{componente.al:%d/%m/%Y}"} if componente.al else ""
        told = ", ".join(filter(None, (str(componente.get_ruolo_display()), str(gone))))
        return f"{componente.persona.nominativo} ({told})"

    @staticmethod
    def told(each: PrimoAscolto | Valutazione) -> str:
        """A conversation or an assessment, with all its texts."""
        if isinstance(each, PrimoAscolto):
            kind, when, texts = _("Ascolto"), each.quando, [each.luogo, each.racconto, each.risorse]
        else:
            areas = [text for voce in each.voci.all() for text in (voce.bisogni, voce.risorse)]
            kind, when, texts = _("Valutazione"), each.iniziata_il, [each.parole_della_persona, *areas]
        return " · ".join([f"{timezone.localtime(when):%d/%m/%Y}", str(kind), *filter(None, texts)])

    @staticmethod
    def words(voce: VoceDiario) -> str:
        level = f" · {voce.get_livello_display()}" if voce.livello > Livello.CARTELLA else ""
        return f"{voce.avvenuto_il:%d/%m/%Y} · {voce.ente.nome}{level} · {voce.testo}"

    @staticmethod
    def reserved(voce: VoceValutazioneRiservata) -> str:
        when = f"{timezone.localtime(voce.valutazione.iniziata_il):%d/%m/%Y}"
        return " · ".join([when, str(voce.get_area_display()), *filter(None, (voce.bisogni, voce.risorse))])
