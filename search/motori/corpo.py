"""Bodies of what is asked of a cluster: the same questions as `interrogazione` asks of PostgreSQL."""

from typing import Any

from django.utils import timezone

from search.parole import Domanda
from search.tipi import PER_PAGINA, Filtri, Ordine

from .analisi import FINESTRA, lingue_di
from .base import FACCETTE, FINE, INIZIO
from .interrogazione import GENERI

Corpo = dict[str, Any]
PESI = {"titolo": 6, "parole": 4, "descrizione": 2, "testo": 1}
SINONIMO = 0.8  # weight of a word that stands for the one typed
PER_TERMINE = 1_000  # points for each term, more than its words can give where only some are asked for
VALORI = 500  # of a facet


def domanda_intera(domanda: Domanda, minimo: int, lingua: str) -> Corpo:
    """At least `minimo` terms, best first; what has more of them always comes before what has fewer."""
    if not domanda.termini:
        return {"match_all": {}}
    terms = [termine(each, lingua) for each in domanda.termini]
    matching = {"bool": {"should": terms, "minimum_should_match": minimo}}
    weights = [{"filter": {"term": {"genere": kind}}, "weight": weight} for kind, weight in GENERI.items()]
    ranked = {"function_score": {"query": matching, "functions": weights, "score_mode": "first"}}
    if minimo >= len(terms):
        return ranked
    having = [{"constant_score": {"filter": each, "boost": PER_TERMINE}} for each in terms]
    return {"bool": {"must": [ranked], "should": having}}


def termine(alternative: tuple[str, ...], lingua: str) -> Corpo:
    """A term: the word, or less well what may stand for it."""
    return {
        "dis_max": {
            "queries": [_words(words, lingua, 1 if not at else SINONIMO) for at, words in enumerate(alternative)]
        }
    }


def _words(words: str, lingua: str, boost: float) -> Corpo:
    """All these words, wherever in a content; read in the reader's language and in Italian."""
    each = [_word(word, lingua, boost) for word in words.split()]
    return each[0] if len(each) == 1 else {"bool": {"must": each}}


def _word(word: str, lingua: str, boost: float) -> Corpo:
    fields = [f"{each}.{name}^{weight}" for each in lingue_di(lingua) for name, weight in PESI.items()]
    return {"multi_match": {"query": word, "fields": fields, "tie_breaker": 0.2, "boost": boost}}


def ancora_valide() -> Corpo:
    """What has no last day, or whose last day has not passed."""
    past = {"range": {"scadenza": {"lt": timezone.localdate().isoformat()}}}
    return {"bool": {"must_not": [past]}}


def scelte(filtri: Filtri) -> dict[str, Corpo]:
    """The choices made, as a clause per facet."""
    found: dict[str, Corpo] = {}
    for name in FACCETTE:
        chosen = getattr(filtri, name)
        codes = ["1"] if chosen is True else list(chosen or ())
        if codes:
            found[name] = {"terms": {f"valori.{name}": codes}}
    return found


def conteggi(filtri: Filtri) -> Corpo:
    """An aggregation per facet, within the choices of the other facets."""
    chosen = scelte(filtri)
    return {name: _count(name, [clause for other, clause in chosen.items() if other != name]) for name in FACCETTE}


def _count(name: str, others: list[Corpo]) -> Corpo:
    return {
        "filter": {"bool": {"filter": others}} if others else {"match_all": {}},
        "aggs": {"valori": {"terms": {"field": f"valori.{name}", "size": VALORI}}},
    }


def ordine(filtri: Filtri, centro: tuple[float, float] | None) -> list[Any]:
    by_name: list[Any] = [{"nome": "asc"}, {"id": "asc"}]
    if filtri.ordina is Ordine.DISTANZA and centro:
        place = {"lat": centro[0], "lon": centro[1]}
        return [{"_geo_distance": {"luogo": place, "order": "asc", "unit": "km"}}, *by_name]
    return by_name if filtri.ordina is Ordine.NOME else ["_score", *by_name]


def ricerca(
    domanda: Domanda, minimo: int, lingua: str, filtri: Filtri, pagina: int, centro: tuple[float, float] | None
) -> Corpo:
    """A page of results with facets and snippets."""
    chosen = list(scelte(filtri).values())
    body: Corpo = {
        "query": {"bool": {"must": [domanda_intera(domanda, minimo, lingua)], "filter": [ancora_valide()]}},
        "aggs": conteggi(filtri),
        "sort": ordine(filtri, centro),
        "from": min((pagina - 1) * PER_PAGINA, FINESTRA - PER_PAGINA),
        "size": PER_PAGINA,
        "track_total_hits": True,
        "_source": False,
        "docvalue_fields": ["id"],
    }
    if chosen:
        body["post_filter"] = {"bool": {"filter": chosen}}
    if domanda.termini:
        body["highlight"] = estratti(domanda, lingua)
    return body


def estratti(domanda: Domanda, lingua: str) -> Corpo:
    """Two short pieces of the text around any of the words."""
    any_word = {"bool": {"should": [termine(each, lingua) for each in domanda.termini]}}
    return {
        "pre_tags": [INIZIO],
        "post_tags": [FINE],
        "fragment_size": 150,
        "number_of_fragments": 2,
        "require_field_match": False,
        "highlight_query": any_word,
        "fields": {f"{each}.testo": {} for each in lingue_di(lingua)},
    }


def note(domanda: Domanda, lingua: str) -> Corpo:
    """Which of the terms some content has."""
    asked = {str(at): termine(each, lingua) for at, each in enumerate(domanda.termini)}
    return {"size": 0, "track_total_hits": False, "aggs": {"note": {"filters": {"filters": asked}}}}
