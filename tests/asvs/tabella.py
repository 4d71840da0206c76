"""The table of requirements: what it says, and what is wrong with it. The page docs/asvs.md is made of it.

Numbers and levels are those of OWASP ASVS 5.0.0; `numeri.txt` keeps them apart from the table, so that a row that is
taken away is missed: all of L1 and L2, and the L3 that the project has chosen. The words are ours.
"""

import ast
import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.support.sources import ROOT

QUI = Path(__file__).parent
TABELLA, NUMERI = QUI / "requisiti.csv", QUI / "numeri.txt"
ESERCIZIO = "docs/esercizio.md"
# The requirements that are not met to the letter. One more is a decision, and is taken here.
DEROGHE = frozenset({"6.5.2", "6.5.5", "11.5.1"})
GENERI = ("esercizio", "documento", "non riguarda", "deroga")
RAGIONE = 20  # letters, at least


@dataclass(frozen=True)
class Requisito:
    numero: str
    livello: str
    qui: str
    prove: tuple[str, ...]

    @property
    def area(self) -> str:
        return self.numero.partition(".")[0]


def read(text: str) -> list[Requisito]:
    rows = csv.DictReader(text.splitlines())
    return [
        Requisito(row["numero"], row["livello"], row["qui"].strip(), tuple(row["prova"].split(" | "))) for row in rows
    ]


def asked(text: str) -> dict[str, str]:
    """Level by number, from lines such as `1.2: L1 1 2; L2 3`."""
    found = {}
    for line in text.splitlines():
        section, _colon, levels = line.partition(": ")
        for each in levels.split("; "):
            level, *places = each.split()
            found |= {f"{section}.{place}": level.removeprefix("L") for place in places}
    return found


def faults(rows: list[Requisito], numbers: dict[str, str]) -> Iterator[str]:
    """Everything that is wrong, a sentence each."""
    seen = [row.numero for row in rows]
    yield from (f"{each}: manca" for each in numbers if each not in seen)
    yield from (f"{each}: non è fra i requisiti" for each in seen if each not in numbers)
    yield from (f"{each}: due volte" for each in sorted(set(seen)) if seen.count(each) > 1)
    for row in rows:
        if row.livello != numbers.get(row.numero):
            yield f"{row.numero}: livello {row.livello}"
        if not row.qui:
            yield f"{row.numero}: non dice che cosa vuol dire qui"
        yield from (f"{row.numero}: {wrong}" for each in row.prove for wrong in _faults_of(row, each))
        if not any("::" in each or each.startswith(GENERI) for each in row.prove):
            yield f"{row.numero}: nessuna prova"


def _faults_of(row: Requisito, proof: str) -> Iterator[str]:
    kind, _colon, said = proof.partition(": ")
    if kind in {"esercizio", "documento"}:
        page, _hash, anchor = (f"{ESERCIZIO}#{said}" if kind == "esercizio" else said).partition("#")
        if anchor not in anchors(page):
            yield f"in {page} non c'è «{anchor}»"
    elif kind in {"non riguarda", "deroga"} and len(said) < RAGIONE:
        yield f"«{kind}» senza una ragione"
    elif kind == "non riguarda" and len(row.prove) > 1:
        yield "non riguarda, eppure ha una prova"
    elif kind == "deroga" and row.numero not in DEROGHE:
        yield "una deroga che nessuno ha deciso"
    elif kind not in GENERI:
        file, _sep, test = proof.partition("::")
        if test not in proofs_in(file):
            yield f"la prova {proof} non c'è"


@cache
def proofs_in(file: str) -> frozenset[str]:
    """Tests at the top of `file`; none where there is no such file."""
    path = ROOT / file
    if not (re.fullmatch(r"tests/[\w/]+/test_\w+\.py", file) and path.is_file()):
        return frozenset()
    body = ast.parse(path.read_text()).body
    return frozenset(each.name for each in body if isinstance(each, ast.FunctionDef) and each.name.startswith("test_"))


@cache
def anchors(page: str) -> frozenset[str]:
    """Of the titles of `page` that have something below, as GitHub makes them; none where there is no such page."""
    path = ROOT / page
    if not path.is_file():
        return frozenset()
    parts = re.split(r"^#+ (.+)$", path.read_text(), flags=re.M)[1:]
    return frozenset(slug(title) for title, below in zip(parts[::2], parts[1::2], strict=True) if below.strip())


def slug(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-")
