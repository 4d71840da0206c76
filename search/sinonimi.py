"""The editors' synonyms as the search reads them: in memory, and never older than the last edit."""

import json
from functools import cache
from pathlib import Path

from portal.cms.cache_pagine.ricordo import Ricordo
from search.models.sinonimo import Sinonimo, spartisci

DATI = Path(__file__).parent / "dati" / "sinonimi.json"

Gruppi = dict[str, dict[str, tuple[str, ...]]]
_letti: Ricordo[Gruppi] = Ricordo()


def sinonimi(lingua: str) -> dict[str, tuple[str, ...]]:
    """By plain word or words (`parole.piana`), what else may be meant: the others of its groups, as they are written.

    Words that say nothing are left out of both, as `parole.comprendi` leaves them out of a question.
    """
    return _letti.get("", _leggi).get(lingua, {})


def gia_letti(lingua: str) -> dict[str, tuple[str, ...]]:
    """The same without asking for the edition: for the rest of a question that has just been understood."""
    return _letti.gia_letto("", _leggi).get(lingua, {})


def _leggi() -> Gruppi:
    from search.parole import piana  # it asks for the synonyms in turn

    found: dict[str, dict[str, dict[str, None]]] = {}
    for gruppo in Sinonimo.objects.order_by("pk"):
        said = {piana(words): words for voce in gruppo.voci if (words := _essenziale(voce, gruppo.lingua))}
        for key in said:
            others = found.setdefault(gruppo.lingua, {}).setdefault(key, {})
            others.update((words, None) for other, words in said.items() if other != key)
    return {lingua: {voce: tuple(others) for voce, others in words.items()} for lingua, words in found.items()}


def _essenziale(voce: str, lingua: str) -> str:
    """What a question keeps of `voce`: small letters, no article before an apostrophe, no empty words."""
    from search.parole import parole, piana, vuote

    spare = vuote(lingua) | vuote("it")
    return " ".join(word for word in parole(voce) if piana(word) not in spare)


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
