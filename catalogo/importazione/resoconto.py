"""How an import went, row by row and in sum."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Esito(StrEnum):
    CREATO = "creato"
    AGGIORNATO = "aggiornato"
    INVARIATO = "invariato"
    ERRORE = "errore"


@dataclass(frozen=True)
class Risultato:
    """Of one row: `linea` is where it starts in the file, `id` as far as it could be read."""

    linea: int
    id: str
    esito: Esito
    motivo: str = ""
    avvisi: tuple[str, ...] = ()

    def __str__(self) -> str:
        head = f"riga {self.linea:>5}  {self.esito:<10}  {self.id or '(senza id)'}"
        notes = [self.motivo, *self.avvisi] if self.motivo else self.avvisi
        return f"{head}  – {'; '.join(notes)}" if notes else head


@dataclass
class Resoconto:
    risultati: list[Risultato] = field(default_factory=list)

    @property
    def errori(self) -> list[Risultato]:
        return [item for item in self.risultati if item.esito is Esito.ERRORE]

    def __str__(self) -> str:
        count = Counter(item.esito for item in self.risultati)
        parts = [f"{count[kind]} {word}" for kind, word in _words(count)]
        noted = sum(1 for item in self.risultati if item.avvisi and item.esito is not Esito.ERRORE)
        tail = f", {noted} con avvisi" if noted else ""
        return f"{len(self.risultati)} righe: {', '.join(parts)}{tail}." if parts else "Nessuna riga nel file."


def _words(count: Counter) -> list[tuple[Esito, str]]:
    words = [
        (Esito.CREATO, "creata", "create"),
        (Esito.AGGIORNATO, "aggiornata", "aggiornate"),
        (Esito.INVARIATO, "invariata", "invariate"),
        (Esito.ERRORE, "con errore", "con errore"),
    ]
    return [(kind, one if count[kind] == 1 else many) for kind, one, many in words if count[kind]]
