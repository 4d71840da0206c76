"""Assessments of a case: the one being written, the ones concluded, each with what its reader may read."""

from collections import defaultdict
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from casi import policies
from casi.attore import Attore
from casi.models import Area, AreaRiservata, Livello, Valutazione, VoceValutazione, VoceValutazioneRiservata
from casi.models.limiti import is_hidden
from casi.registro import Dettaglio
from casi.ruoli import Azione
from casi.selectors.casi import Aperto
from casi.selectors.lettura import read_in

MOST = 20


@dataclass(frozen=True)
class VoceArea:
    area: str
    nome: str
    bisogni: str
    risorse: str
    riservata: UUID | None = None  # the key of one that has a list of readers


@dataclass(frozen=True)
class Scheda:
    """An assessment, area by area. `mia`: its reader began it, and writes health and minors in it; `nascosta`: he alone
    reads it."""

    riga: Valutazione
    mia: bool
    nascosta: bool = False
    voci: list[VoceArea] = field(default_factory=list)

    @property
    def testi(self) -> dict[str, Any]:
        """The texts by the name of their form field."""
        found = {"parole_della_persona": self.riga.parole_della_persona}
        for voce in self.voci:
            found |= {f"{voce.area}_bisogni": voce.bisogni, f"{voce.area}_risorse": voce.risorse}
        return found

    @property
    def riservate(self) -> dict[str, UUID | None]:
        """The reserved areas that its reader may write in, each with its key, if it is there."""
        there = {voce.area: voce.riservata for voce in self.voci if voce.riservata}
        return {area: there.get(area) for area in AreaRiservata.values if self.mia or area in there}

    @property
    def attuale(self) -> SimpleNamespace:
        """As one row with a column for each form field, empty ones included, to be compared with what was typed."""
        areas = [*Area.values, *self.riservate]
        empty = {f"{area}_{parte}": "" for area in areas for parte in ("bisogni", "risorse")}
        return SimpleNamespace(**empty | self.testi, versione=self.riga.versione)


@dataclass(frozen=True)
class Valutazioni:
    aperta: Scheda | None
    concluse: list[Scheda]
    altre: bool = False  # older ones than these


def valutazioni(attore: Attore, pk: UUID) -> tuple[Aperto, Valutazioni]:
    """Those of a case, newest first, up to MOST."""

    def read(aperto: Aperto) -> tuple[Valutazioni, Dettaglio]:
        found = _schede(attore, aperto)
        schede = found[:MOST]
        aperta = next((each for each in schede if not each.riga.conclusa_il), None)
        concluse = [each for each in schede if each.riga.conclusa_il]
        return Valutazioni(aperta, concluse, altre=len(found) > MOST), _told(schede)

    return read_in(attore, pk, Azione.VALUTARE, read)


def in_corso(attore: Attore, pk: UUID) -> tuple[Aperto, Scheda | None]:
    """The one being written, if any; wrapped, since none is an answer too."""

    def read(aperto: Aperto) -> tuple[list[Scheda], Dettaglio]:
        schede = _schede(attore, aperto, aperte=True)
        return schede, _told(schede)

    aperto, found = read_in(attore, pk, Azione.VALUTARE, read)
    return aperto, found[0] if found else None


def scheda_di(attore: Attore, aperto: Aperto, riga: Valutazione) -> Scheda:
    """`riga` as the actor may read it."""
    voci = [_voce(voce) for voce in _in_order(riga.voci.all(), Area)]
    return Scheda(riga, _mia(attore, riga), voci=[*voci, *_reserved(attore, aperto)[riga.pk]])


def area(attore: Attore, pk: UUID, area: UUID) -> tuple[Aperto, VoceValutazioneRiservata]:
    """A reserved area by itself, with its texts. Raises Assente."""

    def read(aperto: Aperto) -> tuple[VoceValutazioneRiservata, Dettaglio] | None:
        visible = policies.salute_e_minori_visibili(attore, aperto.caso, aperto.azioni)
        riga = visible.select_related("valutazione__autore__utente").filter(pk=area).first()
        return (riga, Dettaglio(riga, livello=Livello.RISERVATO)) if riga else None

    return read_in(attore, pk, Azione.VOCI_RISERVATE, read)


def _mia(attore: Attore, riga: Valutazione) -> bool:
    return riga.autore_id == attore.operatore.pk


def _schede(attore: Attore, aperto: Aperto, *, aperte: bool = False) -> list[Scheda]:
    visible = policies.valutazioni_visibili(attore, aperto.caso, aperto.azioni)
    rows = visible.select_related("autore__utente").annotate(nascosta=is_hidden("valutazione"))
    if aperte:
        rows = rows.filter(conclusa_il__isnull=True)
    reserved = _reserved(attore, aperto)
    return [
        Scheda(
            riga,
            _mia(attore, riga),
            nascosta=riga.nascosta,
            voci=[*map(_voce, _in_order(riga.voci.all(), Area)), *reserved[riga.pk]],
        )
        for riga in rows.prefetch_related("voci").order_by("-iniziata_il", "pk")[: MOST + 1]
    ]


def _reserved(attore: Attore, aperto: Aperto) -> dict[UUID, list[VoceArea]]:
    """Health and minors, by assessment, as far as the actor may read them."""
    found: dict[UUID, list[VoceArea]] = defaultdict(list)
    rows = policies.salute_e_minori_visibili(attore, aperto.caso, aperto.azioni).order_by("area")
    for voce in _in_order(rows, AreaRiservata):
        found[voce.valutazione_id].append(_voce(voce, riservata=voce.pk))
    return found


def _voce(voce: VoceValutazione | VoceValutazioneRiservata, *, riservata: UUID | None = None) -> VoceArea:
    return VoceArea(voce.area, voce.get_area_display(), voce.bisogni, voce.risorse, riservata)


def _in_order(voci: Any, areas: Any) -> list[Any]:
    return sorted(voci, key=lambda voce: areas.values.index(voce.area))


def _told(schede: list[Scheda]) -> Dettaglio:
    reserved = any(voce.riservata for scheda in schede for voce in scheda.voci)
    return Dettaglio(
        finalita="valutazione", livello=Livello.RISERVATO if reserved else Livello.CARTELLA, risultati=len(schede)
    )
