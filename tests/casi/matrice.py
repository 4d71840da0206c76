"""Reads matrice.csv: who may do what on a case in which state, as people wrote it down.

One row is for the people it names, «chiunque altro» for all those its action has not named. Columns: «in generale» (the
role may, whatever the case), then one for each state of a case. Cells: sì, no, E (only because an emergency has been
declared, and only to read), – (the action is about no case). Of an action about no case, «di un altro ente» is of what
reaches a body, as a request: «no», what reached another is nothing of his; «–», the action is of the whole network.
"""

import csv
from functools import lru_cache
from pathlib import Path

from .scena import PERSONE, STATI

FILE = Path(__file__).with_name("matrice.csv")
IN_GENERALE = "in generale"
ALTRI = "chiunque altro"
COLONNE = (IN_GENERALE, *STATI)
CELLE = frozenset({"sì", "no", "E", "–"})

Righe = dict[str, dict[str, dict[str, str]]]  # action, person, column: cell


class MatriceError(AssertionError):
    """The table says something twice, or not at all."""


@lru_cache(maxsize=1)
def matrice() -> Righe:
    with FILE.open(newline="") as lines:
        return read(csv.DictReader(lines))


def read(rows) -> Righe:
    found: Righe = {}
    for row in rows:
        cells = {column: row[column] for column in COLONNE}
        if not set(cells.values()) <= CELLE:
            raise MatriceError(f"{row['azione']}, {row['persone']}: {sorted(set(cells.values()) - CELLE)}")
        people = found.setdefault(row["azione"], {})
        for persona in _named(row["persone"], people):
            if persona in people or persona not in PERSONE:
                raise MatriceError(f"{row['azione']}: «{persona}» due volte, o sconosciuto")
            people[persona] = cells
    for azione, people in found.items():
        if missing := PERSONE.keys() - people.keys():
            raise MatriceError(f"{azione}: manca {sorted(missing)}")
    return found


def _named(text: str, already: dict[str, dict[str, str]]) -> list[str]:
    if text == ALTRI:
        return [persona for persona in PERSONE if persona not in already]
    return [name.strip() for name in text.split(";")]


def cella(azione: str, persona: str, colonna: str) -> str:
    return matrice()[azione][persona][colonna]


def del_proprio_ente(azione: str) -> bool:
    """Of an action about no case: whether it reaches what is of one's own body alone, not of the whole network."""
    return any(cells["di_un_altro_ente"] == "no" for cells in matrice()[azione].values())


def puo(azione: str, persona: str, colonna: str) -> bool:
    return cella(azione, persona, colonna) in {"sì", "E"}
