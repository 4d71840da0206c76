"""The engine that needs nothing else: full text, then any of the words, then words that resemble them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from search.models import VoceIndice
from search.ortografia import correggi
from search.parole import Domanda
from search.tipi import PER_PAGINA, Filtri, Ordine

from .base import FACCETTE, FINE, INIZIO, Esito, scelti
from .interrogazione import GENERI, PESI, Sql, filtro, ordine, termine, tsquery

# Thousands are ordered by what they are called and how they are described: unpacking their texts would take too long.
MOLTE = 2_000
TROVA = """
WITH domanda AS (SELECT {domanda} AS q), trovate AS MATERIALIZED (
    SELECT id, genere, titolo_piano, lat, lon, valori, {vettori}, {quanti} AS quanti
    FROM search_voceindice, domanda
    WHERE lingua = %s AND (scadenza IS NULL OR scadenza >= %s) AND {corrisponde}
), ristrette AS {copia} (
    SELECT id, titolo_piano, lat, lon, valori, {punti} AS punti FROM trovate, domanda WHERE {filtro} AND {abbastanza}
), quante AS (SELECT count(*) AS n FROM ristrette),
pagina AS (SELECT id, row_number() OVER () AS posto FROM (
    SELECT id FROM ristrette r ORDER BY {ordine}
    LIMIT {quante} OFFSET (SELECT greatest(0, least(%s, (n - 1) / {quante})) * {quante} FROM quante)) AS prime)
{conteggi}
UNION ALL SELECT 'totale', '', n FROM quante
UNION ALL SELECT 'pagina', id::text, posto FROM pagina
"""
PUNTI = "ts_rank('{pesi}', {vettore}, q, 1)"
CONTA = """
SELECT split_part(v, ':', 1), split_part(v, ':', 2), count(*)
FROM (SELECT unnest(valori) AS v FROM {da}) AS valori {dove} GROUP BY v
"""
OPZIONI = f'StartSel={INIZIO}, StopSel={FINE}, MaxFragments=2, MaxWords=22, MinWords=8, FragmentDelimiter=" … "'
# Reading every row costs more than the planner thinks: their vectors are kept beside them.
# Ten thousand rows at work stay in memory. Both hold for the next statement, which is of the same transaction.
CON_INDICE = "SET LOCAL enable_seqscan = off; SET LOCAL work_mem = '32MB';"
ESTRATTI = """
SELECT id, ts_headline(search_configurazione(originale), testo, {domanda}, %s)
FROM search_voceindice WHERE id = ANY(%s)
"""


@dataclass(frozen=True)
class Prova:
    """One way of looking: all terms, or at least `minimo` of them, or any where nothing has as many."""

    domanda: Domanda
    minimo: int

    @property
    def ogni(self) -> bool:
        return self.minimo >= len(self.domanda.termini)


class Postgres:
    """See `base.Motore`. The rows are its index, so there is nothing to write elsewhere."""

    def cerca(self, domanda: Domanda, lingua: str, filtri: Filtri, pagina: int) -> Esito:
        count = len(domanda.termini)
        esito = self._trova(Prova(domanda, count), lingua, filtri, pagina)
        if esito.totale or not count:
            return esito
        right, forse = correggi(domanda, self._unknown(domanda, lingua), lingua)
        attempts = [Prova(right, len(right.termini))] if forse else []
        attempts += [Prova(right, (count + 1) // 2)] if count > 1 else []
        for prova in attempts:
            esito = self._trova(prova, lingua, filtri, pagina)
            if esito.totale:
                break
        return replace(esito, simili=True, forse=forse) if esito.totale else esito

    def scrivi(self, voci: Iterable[VoceIndice]) -> None:
        """Nothing: the rows are the index."""

    def togli(self, gruppi: Iterable[str]) -> None:
        """Nothing: the rows are the index."""

    def _trova(self, prova: Prova, lingua: str, filtri: Filtri, pagina: int) -> Esito:
        found = _trova_sql(prova, lingua, filtri, pagina)
        counts: dict[str, dict[str, int]] = {name: {} for name in FACCETTE}
        total, places = 0, []
        with connection.cursor() as cursor:
            _with_index(cursor, found.testo, found.valori)
            for name, value, number in cursor.fetchall():
                if name == "totale":
                    total = number
                elif name == "pagina":
                    places.append((number, int(value)))
                else:
                    counts[name][value] = number
        keys = [key for _place, key in sorted(places)]
        return Esito(keys, total, counts, self._snippets(prova.domanda, lingua, keys))

    def _snippets(self, domanda: Domanda, lingua: str, keys: list[int]) -> dict[int, str]:
        if not (domanda.termini and keys):
            return {}
        any_term = tsquery(domanda, lingua, ogni=False)
        with connection.cursor() as cursor:
            cursor.execute(ESTRATTI.format(domanda=any_term.testo), [*any_term.valori, OPZIONI, keys])
            return {key: text for key, text in cursor.fetchall() if INIZIO in text}

    def _unknown(self, domanda: Domanda, lingua: str) -> list[int]:
        """Places of the terms that no row of this language has."""
        terms = [termine(each, lingua) for each in domanda.termini]
        asked = "EXISTS (SELECT FROM search_voceindice WHERE lingua = %s AND vettore @@ {})"
        values = [value for each in terms for value in (lingua, *each.valori)]
        with connection.cursor() as cursor:
            _with_index(cursor, "SELECT " + ", ".join(asked.format(each.testo) for each in terms), values)
            return [place for place, known in enumerate(cursor.fetchone()) if not known]


def _with_index(cursor: CursorWrapper, statement: str, values: list[Any]) -> None:
    cursor.execute(CON_INDICE + statement, values)
    while cursor.nextset():
        """The settings answer too."""


def _trova_sql(prova: Prova, lingua: str, filtri: Filtri, pagina: int) -> Sql:
    words = tsquery(prova.domanda, lingua, ogni=prova.ogni) if prova.domanda.termini else Sql("''::tsquery")
    shared, enough = _shared(prova, lingua), _enough(prova, filtri)
    narrowed, counted, sorting = filtro(filtri), _counts(filtri, enough), ordine(filtri)
    score = _score(prova, filtri)
    text = TROVA.format(
        vettori="NULL" if score == "0" else "vettore, nomi",
        copia="NOT MATERIALIZED" if (narrowed.testo, enough.testo) == ("true", "true") else "MATERIALIZED",
        domanda=words.testo, quanti=shared.testo, corrisponde="vettore @@ q" if prova.domanda.termini else "true",
        punti=score, filtro=narrowed.testo, abbastanza=enough.testo,
        ordine=sorting.testo, quante=PER_PAGINA, conteggi=counted.testo,
    )  # fmt: skip
    values = [*words.valori, *shared.valori, lingua, timezone.localdate(), *narrowed.valori, *enough.valori]
    return Sql(text, [*values, *sorting.valori, pagina - 1, *counted.valori])


def _score(prova: Prova, filtri: Filtri) -> str:
    """Points of a row; none where another order was asked for."""
    if not prova.domanda.termini or filtri.ordina is not Ordine.RILEVANZA:
        return "0"
    kinds = " ".join(f"WHEN '{kind}' THEN {weight}" for kind, weight in GENERI.items())
    whole, short = (PUNTI.format(pesi=PESI, vettore=name) for name in ("vettore", "nomi"))
    rank = f"CASE WHEN (SELECT count(*) FROM trovate) > {MOLTE} THEN {short} ELSE {whole} END"
    return f"quanti + {rank} * CASE genere {kinds} ELSE 1 END"


def _shared(prova: Prova, lingua: str) -> Sql:
    """How many of the terms a row has, where not all are asked for: looked up, so that no vector is unpacked."""
    if prova.ogni:
        return Sql("0")
    terms = [termine(each, lingua) for each in prova.domanda.termini]
    having = "(id IN (SELECT id FROM search_voceindice WHERE lingua = %s AND vettore @@ {}))::int"
    text = " + ".join(having.format(each.testo) for each in terms)
    return Sql(f"({text})", [value for each in terms for value in (lingua, *each.valori)])


def _enough(prova: Prova, filtri: Filtri) -> Sql:
    """Rows with at least `minimo` terms; where, within the choices made, none has as many, those with any."""
    if prova.ogni:
        return Sql("true")
    narrowed = filtro(filtri)
    most = f"(SELECT max(quanti) FROM trovate WHERE {narrowed.testo})"
    return Sql(f"(quanti >= %s OR {most} < %s)", [prova.minimo, *narrowed.valori, prova.minimo])


def _counts(filtri: Filtri, enough: Sql) -> Sql:
    """One count of everything within the choices made, and one per facet with choices, as if it had none."""
    chosen = sorted(scelti(filtri))
    others = "WHERE split_part(v, ':', 1) <> ALL(%s::text[])" if chosen else ""
    parts = [Sql(CONTA.format(da="ristrette", dove=others), [chosen] if chosen else [])]
    for name in chosen:
        without = filtro(filtri, tranne=name)
        rows, own = f"trovate WHERE {without.testo} AND {enough.testo}", f"WHERE starts_with(v, '{name}:')"
        parts.append(Sql(CONTA.format(da=rows, dove=own), [*without.valori, *enough.valori]))
    return Sql(" UNION ALL ".join(part.testo for part in parts), [value for part in parts for value in part.valori])
