"""The cluster's indexes against the rows of VoceIndice: made anew, compared, repaired.

Both are read a piece at a time, so that memory stays the same at any size.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import connection

from search.models import VoceIndice

from .analisi import impostazioni
from .cluster import Cluster, alias
from .collegamento import SCRITTURA, Collegamento, collegamento
from .documenti import documento, scritta

LOTTO = 1_000
Progresso = Callable[[int, int], None]


@dataclass
class Scarti:
    """Documents that the index lacks, that are old, and that stand for no row."""

    mancanti: int = 0
    vecchi: int = 0
    di_troppo: int = 0

    def __bool__(self) -> bool:
        return bool(self.mancanti or self.vecchi or self.di_troppo)


def lingue() -> list[str]:
    return [code for code, _name in settings.LANGUAGES]


def ricostruisci(lingua: str, progresso: Progresso = lambda done, total: None) -> int:
    """Fill a new index beside the one in use, then let the alias point to it; returns the documents written.

    A new index left half full by a rebuild that was interrupted is gone on with.
    """
    with _alone(lingua):
        done = _fill(collegamento(SCRITTURA), lingua, progresso)
    _mend(lingua)  # what changed in the meantime
    return done


def _fill(link: Collegamento, lingua: str, progresso: Progresso) -> int:
    name, last = _unfinished(link, lingua) or (_create(link, lingua), 0)
    rows = VoceIndice.objects.filter(lingua=lingua, pk__gt=last).defer("vettore", "nomi").order_by("pk")
    total, done = rows.count(), 0
    for lot in _lots(rows.iterator(chunk_size=LOTTO)):
        link.bulk(link.es, [{"_id": str(row.gruppo), **documento(row)} for row in lot], index=name)
        done += len(lot)
        progresso(done, total)
    link.es.indices.refresh(index=name)
    _swap(link, lingua, name)
    return done


@contextmanager
def _alone(lingua: str) -> Iterator[None]:
    """One rebuild at a time, of the worker's and of people's."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(hashtext(%s))", [alias(lingua)])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(hashtext(%s))", [alias(lingua)])


def confronta(lingua: str) -> Scarti:
    """What differs between rows and documents."""
    return _walk(lingua, lambda rows, gone: None)


def ripara(lingua: str) -> Scarti:
    """What differed, put right; an index that is missing or of another make is made anew."""
    link = collegamento(SCRITTURA)
    if not is_current(link, lingua):
        return Scarti(mancanti=ricostruisci(lingua))
    return _mend(lingua)


def _mend(lingua: str) -> Scarti:
    link = collegamento(SCRITTURA)
    link.es.indices.refresh(index=alias(lingua))

    def fix(rows: list[int], gone: list[str]) -> None:
        cluster = Cluster()
        cluster.scrivi(VoceIndice.objects.filter(pk__in=rows).defer("vettore", "nomi"))
        cluster.togli_da(gone, [lingua])

    found = _walk(lingua, fix)
    if found:
        link.es.indices.refresh(index=alias(lingua))
    return found


def is_current(link: Collegamento, lingua: str) -> bool:
    """Whether the alias stands for an index made with today's settings."""
    return any(_mark(index) == _wanted(lingua) for index in _indexes(link, lingua).values() if index["aliases"])


def _walk(lingua: str, fix: Callable[[list[int], list[str]], None]) -> Scarti:
    """Both sides in the order of their keys, side by side."""
    found, to_write, gone = Scarti(), [], []
    for key, row, document in _side_by_side(_rows(lingua), _documents(collegamento(SCRITTURA), lingua)):
        if row == document:
            continue
        if row is None:
            found.di_troppo += 1
            gone.append(key)
        else:
            found.mancanti += document is None
            found.vecchi += document is not None
            to_write.append(row[0])
        if len(to_write) + len(gone) >= LOTTO:
            fix(to_write, gone)
            to_write, gone = [], []
    fix(to_write, gone)
    return found


Firma = tuple[int, int]  # number of the row, moment it was written


def _side_by_side(
    left: Iterator[tuple[str, Firma]], right: Iterator[tuple[str, Firma]]
) -> Iterator[tuple[str, Firma | None, Firma | None]]:
    one, other = next(left, None), next(right, None)
    while one or other:
        key = min(each[0] for each in (one, other) if each)
        mine = one[1] if one and one[0] == key else None
        theirs = other[1] if other and other[0] == key else None
        yield key, mine, theirs
        one = next(left, None) if mine else one
        other = next(right, None) if theirs else other


def _rows(lingua: str) -> Iterator[tuple[str, Firma]]:
    rows = VoceIndice.objects.filter(lingua=lingua).only("pk", "gruppo", "scritta_il").order_by("gruppo")
    for row in rows.iterator(chunk_size=LOTTO):
        yield str(row.gruppo), (row.pk, scritta(row))


def _documents(link: Collegamento, lingua: str) -> Iterator[tuple[str, Firma]]:
    body: dict[str, Any] = {
        "size": LOTTO,
        "sort": [{"gruppo": "asc"}],
        "_source": False,
        "track_total_hits": False,
        "docvalue_fields": ["gruppo", "id", "scritta"],
    }
    while hits := link.es.search(index=alias(lingua), **link.with_body(body))["hits"]["hits"]:
        for hit in hits:
            values = hit["fields"]
            yield values["gruppo"][0], (int(values["id"][0]), int(values["scritta"][0]))
        body["search_after"] = hits[-1]["sort"]


def _lots(rows: Iterator[VoceIndice]) -> Iterator[list[VoceIndice]]:
    while lot := list(islice(rows, LOTTO)):
        yield lot


def _indexes(link: Collegamento, lingua: str) -> dict[str, Any]:
    """Every index of `lingua`, in use or not, by name."""
    return dict(link.es.indices.get(index=f"{alias(lingua)}-*"))


def _mark(index: dict[str, Any]) -> str:
    return str(index["mappings"].get("_meta", {}).get("impronta", ""))


def _wanted(lingua: str) -> str:
    return str(impostazioni(lingua)["mappings"]["_meta"]["impronta"])


def _create(link: Collegamento, lingua: str) -> str:
    name = f"{alias(lingua)}-{datetime.now(UTC):%Y%m%d%H%M%S%f}"
    link.index_class(link, name).put_with(impostazioni(lingua))
    return name


def _unfinished(link: Collegamento, lingua: str) -> tuple[str, int] | None:
    """The newest index of today's make that no alias stands for, and the last row it has; others like it go."""
    waiting = sorted(name for name, index in _indexes(link, lingua).items() if not index["aliases"])
    usable = [name for name in waiting if _mark(_indexes(link, lingua)[name]) == _wanted(lingua)]
    for name in waiting:
        if name not in usable[-1:]:
            link.index_class(link, name).delete()
    if not usable:
        return None
    link.es.indices.refresh(index=usable[-1])
    body = {"size": 0, "aggs": {"ultimo": {"max": {"field": "id"}}}}
    answer = link.es.search(index=usable[-1], **link.with_body(body))
    return usable[-1], int(answer["aggregations"]["ultimo"]["value"] or 0)


def _swap(link: Collegamento, lingua: str, name: str) -> None:
    """From one moment to the next; then the old index may go."""
    old = [other for other, index in _indexes(link, lingua).items() if other != name and index["aliases"]]
    actions: list[dict[str, Any]] = [{"add": {"index": name, "alias": alias(lingua)}}]
    actions += [{"remove": {"index": other, "alias": alias(lingua)}} for other in old]
    link.es.indices.update_aliases(**link.with_body({"actions": actions}))
    for other in old:
        link.index_class(link, other).delete()
