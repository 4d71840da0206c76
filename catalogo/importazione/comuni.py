"""Which municipality a row means: the list of ISTAT in catalogo/dati, a row of `Comune` only where it is needed."""

import csv
from functools import cache

from catalogo.importazione.nomi import normalise
from catalogo.models import Comune
from catalogo.percorsi import DATI


@cache
def _register() -> dict[str, list[dict[str, str]]]:
    """The Italian municipalities by normalised name, foreign name included; five names are double."""
    register: dict[str, list[dict[str, str]]] = {}
    with (DATI / "comuni.csv").open(encoding="utf-8", newline="") as source:
        for row in csv.DictReader(source):
            for name in {normalise(row["nome"]), normalise(row["nome_straniero"])} - {""}:
                register.setdefault(name, []).append(row)
    return register


def find_comune(nome: str, provincia: str) -> Comune | None:
    """The one municipality of that name (and province, where it tells two apart); None when it cannot be told."""
    known = [row for row in Comune.objects.filter(nome__iexact=nome) if _same_province(row.provincia, "", provincia)]
    if len(known) == 1:
        return known[0]
    rows = _register().get(normalise(nome), [])
    if len(rows) > 1:
        rows = [row for row in rows if _same_province(row["provincia"], row["provincia_nome"], provincia)]
    return _comune(rows[0]) if len(rows) == 1 else None


def _same_province(code: str, name: str, asked: str) -> bool:
    return normalise(asked) in {normalise(code), normalise(name)} - {""}


def _comune(row: dict[str, str]) -> Comune:
    facts = {name: row[name] for name in ("nome", "provincia", "regione", "cap")}
    place = {name: float(row[name]) for name in ("lat", "lon")}
    return Comune.objects.get_or_create(codice_istat=row["codice_istat"], defaults=facts | place)[0]
