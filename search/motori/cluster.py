"""The engine of big networks: Elasticsearch 9 or OpenSearch 3, one index per language behind an alias."""

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from django.conf import settings

from catalogo.models import Comune
from search.models import VoceIndice
from search.ortografia import correggi
from search.parole import Domanda
from search.tipi import PER_PAGINA, Filtri, Ordine

from . import corpo
from .base import FACCETTE, Esito
from .collegamento import SCRITTURA, collegamento, scrivi_in
from .documenti import documento
from .interruttore import Interruttore

PREFISSO = "tessere"
TOTALE = 2.0  # seconds for all that one search asks
T = TypeVar("T")
interruttore = Interruttore()


def alias(lingua: str) -> str:
    """What the index in use of `lingua` is called."""
    return f"{PREFISSO}_{lingua}"


@dataclass(frozen=True)
class Richiesta:
    """One search: what never changes between its attempts, and when it must be over."""

    lingua: str
    filtri: Filtri
    pagina: int
    centro: tuple[float, float] | None
    fine: float

    def rimasti(self) -> float:
        return self.fine - time.monotonic()


class Cluster:
    """See `base.Motore`; raises Muto where the cluster gives no usable answer in time."""

    def cerca(self, domanda: Domanda, lingua: str, filtri: Filtri, pagina: int) -> Esito:
        asked = Richiesta(lingua, filtri, pagina, _centre(filtri), time.monotonic() + TOTALE)
        count = len(domanda.termini)
        esito = self._trova(domanda, count, asked)
        if esito.totale or not count:
            return replace(esito, termini=domanda.termini)
        right, forse = domanda, ""
        if not domanda.corretta:
            right, forse = correggi(domanda, self._unknown(domanda, asked), lingua)
        attempts = [count] if forse else []
        attempts += [minimo for minimo in sorted({(count + 1) // 2, 1}, reverse=True) if minimo < count]
        for minimo in attempts:
            esito = self._trova(right, minimo, asked)
            if esito.totale:
                break
        found = replace(esito, termini=right.termini)
        return replace(found, simili=True, forse=forse) if found.totale else found

    def scrivi(self, voci: Iterable[VoceIndice]) -> None:
        """Write rows into the indexes of their languages; raises what the client raises."""
        link = collegamento(SCRITTURA)
        by_language: dict[str, list[dict[str, Any]]] = {}
        for voce in voci:
            by_language.setdefault(voce.lingua, []).append({"_id": str(voce.gruppo), **documento(voce)})
        for lingua, documents in by_language.items():
            scrivi_in(link, documents, alias(lingua))

    def togli(self, gruppi: Iterable[str]) -> None:
        """Take contents out of every language; those that are not there are no error."""
        self.togli_da(gruppi, _languages())

    def togli_le_altre(self, gruppi: Iterable[str], voci: Iterable[VoceIndice]) -> None:
        """Take the contents `gruppi` out of the languages in which none of `voci` is theirs."""
        kept = {(str(voce.gruppo), voce.lingua) for voce in voci}
        wanted = list(gruppi)
        for lingua in _languages():
            self.togli_da([gruppo for gruppo in wanted if (gruppo, lingua) not in kept], [lingua])

    def togli_da(self, gruppi: Iterable[str], lingue: Iterable[str]) -> None:
        link, wanted = collegamento(SCRITTURA), [str(gruppo) for gruppo in gruppi]
        for lingua in lingue:
            actions = [{"_op_type": "delete", "_id": gruppo} for gruppo in wanted]
            scrivi_in(link, actions, alias(lingua), tollera=True)

    def _trova(self, domanda: Domanda, minimo: int, asked: Richiesta) -> Esito:
        """The page asked for, or the last one there is."""
        esito = self._pagina(domanda, minimo, asked)
        if esito.chiavi or not esito.totale:
            return esito
        return self._pagina(domanda, minimo, replace(asked, pagina=-(-esito.totale // PER_PAGINA)))

    def _pagina(self, domanda: Domanda, minimo: int, asked: Richiesta) -> Esito:
        body = corpo.ricerca(domanda, minimo, asked.lingua, asked.filtri, asked.pagina, asked.centro)
        return self._ask(body, asked, _esito)

    def _unknown(self, domanda: Domanda, asked: Richiesta) -> list[int]:
        """Places of the terms that nothing in this language has."""
        return self._ask(corpo.note(domanda, asked.lingua), asked, _unknown)

    def _ask(self, body: dict[str, Any], asked: Richiesta, leggi: Callable[[Mapping[str, Any]], T]) -> T:
        """Reading the answer is part of asking: one that makes no sense is no answer."""
        link = collegamento()

        def call() -> T:
            return leggi(link.es.search(index=alias(asked.lingua), **link.with_body(body)))

        return interruttore.chiama(call, entro=asked.rimasti())


def _esito(answer: Mapping[str, Any]) -> Esito:
    hits = answer["hits"]["hits"]
    keys = [int(hit["fields"]["id"][0]) for hit in hits]
    counts = {name: {each["key"]: each["doc_count"] for each in _buckets(answer, name)} for name in FACCETTE}
    pieces = [" … ".join(next(iter(hit.get("highlight", {}).values()), [])) for hit in hits]
    snippets = {key: " ".join(text.split()) for key, text in zip(keys, pieces, strict=True) if text}
    return Esito(keys, int(answer["hits"]["total"]["value"]), counts, snippets)


def _buckets(answer: Mapping[str, Any], name: str) -> list[Any]:
    found: list[Any] = answer["aggregations"][name]["valori"]["buckets"]
    return found


def _unknown(answer: Mapping[str, Any]) -> list[int]:
    known = answer["aggregations"]["note"]["buckets"]
    return sorted(int(place) for place, bucket in known.items() if not bucket["doc_count"])


def _centre(filtri: Filtri) -> tuple[float, float] | None:
    if filtri.ordina is not Ordine.DISTANZA or not filtri.vicino:
        return None
    place = Comune.objects.filter(codice_istat=filtri.vicino).first()
    return (place.lat, place.lon) if place and place.lat is not None and place.lon is not None else None


def _languages() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]
