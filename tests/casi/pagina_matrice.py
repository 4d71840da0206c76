"""The text of docs/permessi.md, from matrice.csv; `tests.casi.stampa_matrice` writes it."""

from collections.abc import Iterator

from tests.support.sources import ROOT

from .matrice import COLONNE, matrice
from .scena import PERSONE

FILE = ROOT / "docs" / "permessi.md"
INIZIO = """\
# Chi può fare che cosa su un caso, persona per persona

Pagina generata da `tests/casi/matrice.csv`, la tabella scritta a mano con cui le prove confrontano ciò che il codice
decide, indirizzo per indirizzo. Non è calcolata dal codice: se la tabella e il codice dicono due cose diverse, le prove
si fermano. Chi può decidere delle regole può leggerla e correggerla.

**sì**: può. **E**: può solo perché ha dichiarato un'emergenza, e solo per leggere. **no**: per lui il caso non esiste.
**–**: l'azione non riguarda un caso. «In generale»: il suo ruolo prevede l'azione; da solo non apre nessun caso.

Le colonne sono gli stati di un caso dell'ente titolare. «Sigillato con nome»: sigillato, e la persona è fra quelle
nominate. «Ammissione tolta» e «scaduta»: l'ente della persona non è più ammesso al caso. «Di un altro ente»: il caso è
di un terzo ente, e l'incarico è rimasto. Dove l'azione non riguarda un caso ma ciò che arriva a un ente (richieste,
segnalazioni, ascolti, elenchi di scarto), «di un altro ente» dice se si arriva a ciò che ha un altro, a parte ciò che
propone al capofila; a ciò che ha un'altra rete non si arriva mai. Un caso che non c'è dà sempre no.
"""
SHOWN = [column for column in COLONNE if column != "inesistente"]


def lines() -> Iterator[str]:
    yield from INIZIO.splitlines()
    yield ""
    yield "## Le persone"
    yield ""
    yield from (f"- **{said(nome)}**: {persona.di_lui}." for nome, persona in PERSONE.items())
    for azione, people in matrice().items():
        yield from _action(azione, people)


def _action(azione: str, people: dict[str, dict[str, str]]) -> Iterator[str]:
    """People with the same cells share a row; those who may nothing come last."""
    shared: dict[tuple[str, ...], list[str]] = {}
    for persona in PERSONE:
        shared.setdefault(tuple(people[persona][column] for column in SHOWN), []).append(said(persona))
    columns = [column for place, column in enumerate(SHOWN) if any(cells[place] != "–" for cells in shared)]
    yield ""
    yield f"## {said(azione).capitalize()}"
    yield ""
    yield "| | " + " | ".join(said(column) for column in columns) + " |"
    yield "|---|" + "---|" * len(columns)
    for cells, names in sorted(shared.items(), key=lambda pair: pair[0].count("no")):
        yield f"| {', '.join(names)} | " + " | ".join(cells[SHOWN.index(each)] for each in columns) + " |"


def said(name: str) -> str:
    return name.replace("_", " ").replace("as ", "AS ", 1) if name.startswith("as_") else name.replace("_", " ")
