"""From a row of the index to a document of the cluster."""

from typing import Any

from search.models import VoceIndice
from search.parole import piana

from .analisi import lingue_di


def documento(voce: VoceIndice) -> dict[str, Any]:
    """What the cluster keeps of a row; its identifier is `gruppo`, its index that of `lingua`."""
    texts: dict[str, dict[str, str]] = {each: {"parole": voce.parole_chiave} for each in lingue_di(voce.lingua)}
    texts.setdefault(voce.originale, {}).update(titolo=voce.titolo, descrizione=voce.descrizione, testo=voce.testo)
    return {
        **{each: text for each, text in texts.items() if each in lingue_di(voce.lingua)},
        "id": voce.pk,
        "gruppo": str(voce.gruppo),
        "genere": voce.genere,
        "nome": piana(voce.titolo)[:200],
        "scadenza": voce.scadenza.isoformat() if voce.scadenza else None,
        "luogo": {"lat": voce.lat, "lon": voce.lon} if voce.lat is not None and voce.lon is not None else None,
        "scritta": scritta(voce),
        "valori": valori(voce),
    }


def scritta(voce: VoceIndice) -> int:
    """The moment the row was written, in microseconds."""
    return round(voce.scritta_il.timestamp() * 1_000_000)


def valori(voce: VoceIndice) -> dict[str, list[str]]:
    """`valori` by facet."""
    found: dict[str, list[str]] = {}
    for value in voce.valori:
        name, _, code = value.partition(":")
        found.setdefault(name, []).append(code)
    return found
