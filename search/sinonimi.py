"""The editors' synonyms as the search reads them: in memory, and never older than the last edit."""

import json
from functools import cache
from pathlib import Path

from portal.cms.cache_pagine import edizione
from search.models.sinonimo import Sinonimo, spartisci

DATI = Path(__file__).parent / "dati" / "sinonimi.json"

Gruppi = dict[str, dict[str, tuple[str, ...]]]
_letti: tuple[edizione.Edizione, Gruppi] | None = None


def sinonimi(lingua: str) -> dict[str, tuple[str, ...]]:
    """Every word or phrase of `lingua` that has synonyms, in small letters, with the others of its groups.

    Read once per process and again after any edit, whoever makes it: the edition of the contents tells.
    """
    global _letti  # noqa: PLW0603 - one memory per process
    current = edizione.current()
    if _letti is None or _letti[0] != current:
        _letti = (current, _leggi())
    return _letti[1].get(lingua, {})


def _leggi() -> Gruppi:
    found: dict[str, dict[str, dict[str, None]]] = {}
    for gruppo in Sinonimo.objects.order_by("pk"):
        voci = [voce.lower() for voce in gruppo.voci]
        for voce in voci:
            others = found.setdefault(gruppo.lingua, {}).setdefault(voce, {})
            others.update((each, None) for each in voci if each != voce)
    return {lingua: {voce: tuple(others) for voce, others in words.items()} for lingua, words in found.items()}


@cache
def di_partenza() -> dict[str, list[str]]:
    """The groups a new network starts with, by language."""
    return json.loads(DATI.read_text(encoding="utf-8"))


def carica_di_partenza() -> int:
    """Add the starting groups whose first word is in no group yet; how many were added."""
    words = {(gruppo.lingua, voce.lower()) for gruppo in Sinonimo.objects.all() for voce in gruppo.voci}
    new = [
        Sinonimo(lingua=lingua, parole=parole)
        for lingua, gruppi in di_partenza().items()
        for parole in gruppi
        if (lingua, spartisci(parole)[0].lower()) not in words
    ]
    return len(Sinonimo.objects.bulk_create(new))
