"""Settings and mapping of a cluster's index: how its words are cut, which fields it has. One index per language.

A text is read in the language it is written in, and the names of vocabularies both in the reader's and in Italian,
as PostgreSQL does (migration 0001). Stop words and synonyms are those of `search/parole.py`.
"""

import hashlib
import json
from functools import cache
from typing import Any

from search.parole import vuote

from .base import FACCETTE

VERSIONE = 1  # of what a document contains; raise it when `documenti.documento` changes
TESTI = ("titolo", "parole", "descrizione", "testo")
ARTICOLI = (
    "c l all dall dell nell sull coll pell gl agl dagl degl negl sugl un m t s v d "
    "quest quell bell sant dov cos com quant anch mezz tutt nient qualcos senz n"
)
RADICI = {"it": "italian", "en": "english", "ar": "arabic"}
FINESTRA = 1_000_000  # results that may be paged through


def lingue_di(lingua: str) -> tuple[str, ...]:
    """The languages in which an index holds text: the reader's first, then Italian."""
    return tuple(dict.fromkeys((lingua, "it")))


def filtri_di(lingua: str) -> list[str]:
    """The chain of token filters of a language."""
    chain = ["elisione", "lowercase"] if lingua == "it" else ["lowercase"]
    chain += ["arabic_normalization"] if lingua == "ar" else []
    chain += ["asciifolding", f"vuote_{lingua}"]
    return [*chain, f"radice_{lingua}"] if lingua in RADICI else chain


@cache
def impostazioni(lingua: str) -> dict[str, Any]:
    """The body that makes the index of `lingua`."""
    languages = lingue_di(lingua)
    filters: dict[str, Any] = {
        "elisione": {"type": "elision", "articles": ARTICOLI.split(), "articles_case": True},
    }
    analyzers: dict[str, Any] = {}
    for each in languages:
        filters[f"vuote_{each}"] = {"type": "stop", "stopwords": sorted(vuote(each)) or "_none_"}
        if each in RADICI:
            filters[f"radice_{each}"] = {"type": "stemmer", "language": RADICI[each]}
        analyzers[each] = _analyzer(*filtri_di(each))
    body: dict[str, Any] = {
        "settings": {
            "index": {
                "number_of_shards": 1,
                "max_result_window": FINESTRA,
                "refresh_interval": "1s",
                "auto_expand_replicas": "0-1",
            },
            "analysis": {"filter": filters, "analyzer": analyzers},
        },
        "mappings": {"dynamic": "strict", "properties": _fields(languages)},
    }
    mark = hashlib.sha256(json.dumps([VERSIONE, body], sort_keys=True).encode()).hexdigest()
    body["mappings"]["_meta"] = {"impronta": mark}
    return body


def _analyzer(*filters: str) -> dict[str, Any]:
    return {"type": "custom", "tokenizer": "standard", "filter": list(filters)}


def _fields(languages: tuple[str, ...]) -> dict[str, Any]:
    texts = {each: {"properties": {name: _text(each, name) for name in TESTI}} for each in languages}
    return {
        **texts,
        "id": {"type": "long"},
        "gruppo": {"type": "keyword"},
        "genere": {"type": "keyword"},
        "nome": {"type": "keyword"},  # what sorting by name goes by
        "scadenza": {"type": "date"},
        "luogo": {"type": "geo_point"},
        "scritta": {"type": "long"},  # microseconds: the same as the row's, or the document is old
        "valori": {"properties": {name: {"type": "keyword"} for name in FACCETTE}},
    }


def _text(lingua: str, name: str) -> dict[str, Any]:
    """The long text keeps where its words stand, for snippets."""
    offsets = {"index_options": "offsets"} if name == "testo" else {}
    return {"type": "text", "analyzer": lingua, **offsets}
