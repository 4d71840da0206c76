"""Is the index what the pages say? Lot by lot, so that memory stays the same at any size."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Model

from . import indexed
from .contenuti import gruppi_di, voci
from .indice import CHIAVE, LOTTO, SCRITTI, aggiorna, lotti, togli
from .models import VoceIndice

CONFRONTATI = [name for name in SCRITTI if name != "scritta_il"]


@dataclass
class Differenze:
    """Rows that should be there and are not, that differ, and that nothing stands behind."""

    mancanti: int = 0
    diverse: int = 0
    di_troppo: int = 0
    da_riscrivere: dict[type[Model], list[UUID]] = field(default_factory=dict)
    da_togliere: list[UUID] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.mancanti or self.diverse or self.di_troppo)


def confronta() -> Iterator[Differenze]:
    """The differences of each lot of contents, the rows of no content last."""
    for model, genere, keys in lotti():
        yield _compare(model, keys, voci(model, genere, keys))
    groups = iter(VoceIndice.objects.order_by("gruppo").values_list("gruppo", flat=True).distinct().iterator())
    while lot := list(islice(groups, LOTTO)):
        yield _orphans(lot)


def rimedia(found: Differenze) -> None:
    for model, keys in found.da_riscrivere.items():
        aggiorna(keys, model)
    if found.da_togliere:
        togli(found.da_togliere)


def _compare(model: type[Model], keys: list[UUID], expected: list[VoceIndice]) -> Differenze:
    found, wrong = Differenze(), set()
    stored = VoceIndice.objects.filter(gruppo__in=keys).values(*CHIAVE, *CONFRONTATI)
    rows: dict[tuple[UUID, str], dict[str, Any]] = {(row["gruppo"], row["lingua"]): dict(row) for row in stored}
    for voce in expected:
        row = rows.pop((voce.gruppo, voce.lingua), None)
        if row is None:
            found.mancanti += 1
        elif any(row[name] != getattr(voce, name) for name in CONFRONTATI):
            found.diverse += 1
        else:
            continue
        wrong.add(voce.gruppo)
    found.di_troppo = len(rows)
    wrong |= {key for key, _lingua in rows}
    found.da_riscrivere = {model: sorted(wrong)} if wrong else {}
    return found


def _orphans(keys: list[UUID]) -> Differenze:
    known: set[UUID] = set()
    for model in indexed.modelli():
        known |= set(gruppi_di(model).filter(translation_key__in=keys))
    gone = [key for key in keys if key not in known]
    return Differenze(di_troppo=VoceIndice.objects.filter(gruppo__in=gone).count(), da_togliere=gone)
