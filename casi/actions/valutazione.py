"""Writing an assessment: what is missing and what there is to build on, never the first without the second."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casi import policies
from casi.actions.controfirma import void_countersignature
from casi.actions.lettori import chosen, name
from casi.actions.serratura import claim
from casi.actions.versioni import save_version
from casi.attore import Attore
from casi.errori import Impossibile, Superato, Vietato
from casi.models import Area, AreaRiservata, Livello, Valutazione, VoceValutazione, VoceValutazioneRiservata
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.casi import Aperto
from casi.selectors.valutazione import scheda_di


@dataclass(frozen=True)
class Coppia:
    """One area."""

    bisogni: str
    risorse: str


@dataclass(frozen=True)
class Scritta:
    """What is written, by area; an area left out is emptied, a reserved one the writer may not read is left alone.

    `lettori`: of each reserved area that is begun, who is named on it and why, where there is a referent among them.
    """

    parole_della_persona: str = ""
    voci: Mapping[str, Coppia] = field(default_factory=dict)
    lettori: Mapping[str, tuple[Collection[int], str]] = field(default_factory=dict)


@transaction.atomic
def save_valutazione(*, by: Attore, caso: UUID, letta: int | None, scritta: Scritta, concludi: bool) -> Valutazione:
    """Write the open assessment, or begin one (`letta` None).

    Raises Vietato, Superato, Impossibile, ValidationError.
    """
    locked = claim(by, Azione.VALUTARE, caso)
    azioni = policies.azioni_su(by, caso)
    riga = Valutazione.objects.filter(caso=locked, conclusa_il__isnull=True).first()
    _check(scritta, concludi=concludi)
    scheda = scheda_di(by, Aperto(locked, azioni), riga) if riga else None
    riservate = scheda.riservate if scheda else dict.fromkeys(AreaRiservata.values)
    if not riservate.keys() >= scritta.voci.keys() & set(AreaRiservata.values):
        raise Vietato
    if riga is None and letta is not None:
        text = _("Nel frattempo questa valutazione è stata conclusa e non si cambia più: scrivilo in una nuova.")
        raise Impossibile(text)
    if scheda is not None and scheda.riga.versione != letta:
        raise Superato(scheda.attuale)
    riga = _saved(riga or Valutazione(caso=locked, autore=by.operatore), letta, scritta, concludi=concludi)
    _write(riga, VoceValutazione, Area.values, scritta)
    if _write(riga, VoceValutazioneRiservata, riservate, scritta):
        void_countersignature(by, Azione.VALUTARE, locked)
    _name(riga, [area for area, there in riservate.items() if there is None], scritta)
    reserved = any(area in AreaRiservata.values for area in scritta.voci)
    level = Livello.RISERVATO if reserved else Livello.CARTELLA
    finalita = "conclude" if concludi else "scrive"
    record(by, Azione.VALUTARE, casi=[caso], dettaglio=Dettaglio(riga, livello=level, finalita=finalita))
    return riga


def _check(scritta: Scritta, *, concludi: bool) -> None:
    complaints: dict[str, str] = {}
    for area, coppia in scritta.voci.items():
        if not coppia.risorse.strip():
            complaints[f"{area}_risorse"] = _("Scrivi anche su che cosa si può contare: c'è sempre qualcosa.")
        if not coppia.bisogni.strip():
            complaints[f"{area}_bisogni"] = _("Scrivi anche che cosa manca.")
    if complaints:
        raise ValidationError(complaints)
    if not scritta.voci and not scritta.parole_della_persona.strip():
        raise Impossibile(_("Non c'è ancora niente da salvare: scrivi almeno un'area, o le parole della persona."))
    if concludi and not scritta.voci:
        raise Impossibile(_("Per concludere scrivi almeno un'area: che cosa manca e su che cosa si può contare."))


def _saved(riga: Valutazione, letta: int | None, scritta: Scritta, *, concludi: bool) -> Valutazione:
    riga.parole_della_persona = scritta.parole_della_persona
    riga.conclusa_il = timezone.now() if concludi else None
    if letta is not None:
        return save_version(riga, letta=letta)
    riga.full_clean()
    riga.save()
    return riga


def _write(riga: Valutazione, model: type, areas: Iterable[str], scritta: Scritta) -> bool:
    """The rows of one table as they are written now; an untouched one stays. Whether any has changed."""
    there = {voce.area: voce for voce in model.objects.filter(valutazione=riga)}  # type: ignore[attr-defined]
    changed = False
    for area in areas:
        coppia, voce = scritta.voci.get(area), there.get(area)
        if coppia is None:
            if voce:
                voce.delete()
                changed = True
            continue
        voce = voce or model(valutazione=riga, area=area)
        changed |= (voce.bisogni, voce.risorse) != (coppia.bisogni, coppia.risorse)
        voce.bisogni, voce.risorse = coppia.bisogni, coppia.risorse
        voce.full_clean()
        voce.save()
    return changed


def _name(riga: Valutazione, begun: Collection[str], scritta: Scritta) -> None:
    """On each area that was just `begun`: on one that was there, who reads it names others (`name_reader`)."""
    for voce in VoceValutazioneRiservata.objects.filter(valutazione=riga, area__in=begun):
        people, perche = scritta.lettori.get(voce.area, ((), ""))
        campi = (f"{voce.area}_destinatari", f"{voce.area}_perche")
        name(voce, chosen(riga.caso_id, people, perche, campi=campi))
