"""What every engine can do, in plain values."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from search.models import VoceIndice
from search.parole import Domanda
from search.tipi import Filtri

# Around the words found in a snippet: private-use characters, which no text of the index contains.
INIZIO, FINE = "\ue000", "\ue001"
# Fields of `Filtri` that are counted; the last two have the one value "1".
FACCETTE = ("genere", "bisogno", "tipo", "per", "comune", "ente", "accesso", "gratuito", "senza_isee")


@dataclass(frozen=True)
class Esito:
    """Rows found by an engine: numbers of `VoceIndice`, best first, with what only the engine knows."""

    chiavi: list[int]
    totale: int
    conteggi: dict[str, dict[str, int]] = field(default_factory=dict)  # field of Filtri: {code: results}
    estratti: dict[int, str] = field(default_factory=dict)  # text with INIZIO and FINE around the words found
    termini: tuple[tuple[str, ...], ...] = ()  # what was looked for in the end, spelling put right
    simili: bool = False
    forse: str = ""
    ripiego: bool = False  # answered by PostgreSQL in place of a cluster


class Motore(Protocol):
    """An engine. `cerca` counts a facet's values as if that facet had no choice of its own."""

    def cerca(self, domanda: Domanda, lingua: str, filtri: Filtri, pagina: int) -> Esito: ...

    def scrivi(self, voci: Iterable[VoceIndice]) -> None: ...

    def togli(self, gruppi: Iterable[str]) -> None: ...


def scelti(filtri: Filtri) -> dict[str, list[str]]:
    """The choices made, as values of `VoceIndice.valori` by facet; only facets with a choice."""
    found: dict[str, list[str]] = {}
    for name in FACCETTE:
        chosen = getattr(filtri, name)
        codes = ("1",) if chosen is True else chosen or ()
        if codes:
            found[name] = [f"{name}:{code}" for code in codes]
    return found
