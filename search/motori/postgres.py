"""The engine that needs nothing else: full text, then any of the words, then words that resemble them."""

from collections.abc import Iterable
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
MOLTE = 1_000
TROVA = """
WITH domanda AS (SELECT {domanda} AS q, {una} AS una), trovate AS MATERIALIZED (
    SELECT id, genere, titolo_piano, lat, lon, valori, {brevi} AS brevi, {quanti} AS quanti
    FROM search_voceindice, domanda
    WHERE lingua = %s AND (scadenza IS NULL OR scadenza >= %s) AND {corrisponde}
), tutte AS (SELECT count(*) AS n, max(quanti) FILTER (WHERE {filtro}) AS massimo FROM trovate),
ristrette AS {copia} (
    SELECT id, titolo_piano, lat, lon, valori, {punti} AS punti FROM trovate, domanda WHERE {filtro} AND {abbastanza}
), quante AS (SELECT count(*) AS n FROM ristrette),
pagina AS (SELECT id, row_number() OVER () AS posto FROM (
    SELECT id FROM ristrette r ORDER BY {ordine}
    LIMIT {quante} OFFSET (SELECT greatest(0, least(%s, (n - 1) / {quante})) * {quante} FROM quante)) AS prime)
{conteggi}
UNION ALL SELECT 'totale', '', n FROM quante
UNION ALL SELECT 'pagina', id::text, posto FROM pagina
{ignote}
"""
PUNTI = """(CASE WHEN (SELECT n FROM tutte) > {molte} THEN brevi
    ELSE (SELECT ts_rank('{pesi}', v.vettore, CASE WHEN quanti >= {tutti} THEN q ELSE una END, 1)
          FROM search_voceindice v WHERE v.id = trovate.id) END)"""
BREVI = "ts_rank('{pesi}', nomi, una, 1)"  # any of the words: the others may be in the text
HA = "(id IN (SELECT id FROM search_voceindice WHERE lingua = %s AND vettore @@ {}))::int"
ABBASTANZA = """quanti >=
    (SELECT CASE WHEN massimo >= {tutti} THEN {tutti} WHEN massimo >= {meta} THEN {meta} ELSE 1 END FROM tutte)"""
# Counted, and not merely looked for: to look for one row the planner would read them all, where there is none.
IGNOTA = """UNION ALL SELECT 'ignota', '{}', 0 FROM quante WHERE CASE WHEN n = 0
    THEN (SELECT count(*) FROM search_voceindice WHERE lingua = %s AND vettore @@ {}) ELSE 1 END = 0
"""
CONTA = """
SELECT split_part(v, ':', 1), split_part(v, ':', 2), count(*)
FROM (SELECT unnest(valori) AS v FROM {da}) AS valori {dove} GROUP BY v
"""
OPZIONI = f'StartSel={INIZIO}, StopSel={FINE}, MaxFragments=2, MaxWords=22, MinWords=8, FragmentDelimiter=" … "'
# Reading every row costs more than the planner thinks: their vectors are kept beside them.
# Ten thousand rows at work stay in memory. Both hold for the next statement, which is of the same transaction.
CON_INDICE = "SET LOCAL enable_seqscan = off; SET LOCAL work_mem = '32MB';"
# Only of texts that have a word looked for: to read one is slow, and often the title says it all.
ESTRATTI = """
SELECT id, ts_headline(search_configurazione(originale), testo, q, %s)
FROM search_voceindice, (SELECT {domanda} AS q) AS domanda
WHERE id = ANY(%s) AND ts_filter(vettore, '{{d}}') @@ q
"""


@dataclass(frozen=True)
class Prova:
    """One way of looking: all terms; or, without `ogni`, as many as any row has, of three steps."""

    domanda: Domanda
    ogni: bool = True

    @property
    def tutti(self) -> int:
        return len(self.domanda.termini)

    @property
    def esatta(self) -> bool:
        return self.ogni or self.tutti < 2


class Postgres:
    """See `base.Motore`. The rows are its index, so there is nothing to write elsewhere."""

    def cerca(self, domanda: Domanda, lingua: str, filtri: Filtri, pagina: int) -> Esito:
        if domanda.corretta:
            return self._trova(Prova(domanda, ogni=False), lingua, filtri, pagina)[0]
        esito, unknown = self._trova(Prova(domanda), lingua, filtri, pagina)
        if esito.totale or not domanda.termini:
            return esito
        right, forse = correggi(domanda, unknown, lingua)
        if forse or len(domanda.termini) > 1:
            esito, _unknown = self._trova(Prova(right, ogni=False), lingua, filtri, pagina)
        found = replace(esito, termini=right.termini)
        return replace(found, simili=True, forse=forse) if found.totale else found

    def scrivi(self, voci: Iterable[VoceIndice]) -> None:
        """Nothing: the rows are the index."""

    def togli(self, gruppi: Iterable[str]) -> None:
        """Nothing: the rows are the index."""

    def _trova(self, prova: Prova, lingua: str, filtri: Filtri, pagina: int) -> tuple[Esito, list[int]]:
        """What was found; where it is nothing, also the places of the terms that no row of this language has."""
        found = _trova_sql(prova, lingua, filtri, pagina)
        counts: dict[str, dict[str, int]] = {name: {} for name in (*FACCETTE, "totale", "pagina", "ignota")}
        with connection.cursor() as cursor:
            _with_index(cursor, found.testo, found.valori)
            for name, value, number in cursor.fetchall():
                counts[name][value] = number
        places, unknown = counts.pop("pagina"), sorted(map(int, counts.pop("ignota")))
        keys = [int(key) for key in sorted(places, key=lambda key: places[key])]
        snippets = {} if prova.domanda.corretta else self._snippets(prova.domanda, lingua, keys)
        return Esito(keys, counts.pop("totale")[""], counts, snippets, termini=prova.domanda.termini), unknown

    def _snippets(self, domanda: Domanda, lingua: str, keys: list[int]) -> dict[int, str]:
        if not (domanda.termini and keys):
            return {}
        any_term = tsquery(domanda, lingua, ogni=False)
        with connection.cursor() as cursor:
            cursor.execute(ESTRATTI.format(domanda=any_term.testo), [OPZIONI, *any_term.valori, keys])
            return {key: text for key, text in cursor.fetchall() if INIZIO in text}


def _with_index(cursor: CursorWrapper, statement: str, values: list[Any]) -> None:
    cursor.execute(CON_INDICE + statement, values)
    while cursor.nextset():
        """The settings answer too."""


def _trova_sql(prova: Prova, lingua: str, filtri: Filtri, pagina: int) -> Sql:
    every, some = _words(prova, lingua, ogni=True), _words(prova, lingua, ogni=False)
    shared, score, enough = _shared(prova, lingua), _score(prova, filtri), _enough(prova)
    narrowed, counted, sorting, unknown = (
        filtro(filtri),
        _counts(filtri, enough),
        ordine(filtri),
        _ignote(prova, lingua),
    )
    text = TROVA.format(
        domanda=every.testo, una=some.testo, quanti=shared.testo, punti=score,
        brevi=BREVI.format(pesi=PESI) if score != "0" else "0",
        corrisponde="true" if not prova.tutti else "vettore @@ q" if prova.esatta else "vettore @@ una",
        copia="NOT MATERIALIZED" if (narrowed.testo, enough) == ("true", "true") else "MATERIALIZED",
        filtro=narrowed.testo, abbastanza=enough, ordine=sorting.testo, quante=PER_PAGINA,
        conteggi=counted.testo, ignote=unknown.testo,
    )  # fmt: skip
    values = [*every.valori, *some.valori, *shared.valori, lingua, timezone.localdate()]
    values += [*narrowed.valori, *narrowed.valori, *sorting.valori, pagina - 1, *counted.valori, *unknown.valori]
    return Sql(text, values)


def _words(prova: Prova, lingua: str, *, ogni: bool) -> Sql:
    return tsquery(prova.domanda, lingua, ogni=ogni) if prova.tutti else Sql("''::tsquery")


def _score(prova: Prova, filtri: Filtri) -> str:
    """Points of a row; none where another order was asked for."""
    if not prova.tutti or filtri.ordina is not Ordine.RILEVANZA:
        return "0"
    kinds = " ".join(f"WHEN '{kind}' THEN {weight}" for kind, weight in GENERI.items())
    rank = PUNTI.format(molte=MOLTE, pesi=PESI, tutti=prova.tutti)
    return f"quanti + {rank} * CASE genere {kinds} ELSE 1 END"


def _shared(prova: Prova, lingua: str) -> Sql:
    """How many of the terms a row has; looked up, so that no vector is unpacked."""
    if prova.esatta:
        return Sql(str(prova.tutti))
    terms = [termine(each, lingua) for each in prova.domanda.termini]
    text = " + ".join(HA.format(each.testo) for each in terms)
    return Sql(f"({text})", [value for each in terms for value in (lingua, *each.valori)])


def _enough(prova: Prova) -> str:
    """Rows with all terms; where, within the choices made, none has them, with half of them; else with any."""
    if prova.esatta:
        return "true"
    return ABBASTANZA.format(tutti=prova.tutti, meta=(prova.tutti + 1) // 2)


def _ignote(prova: Prova, lingua: str) -> Sql:
    """Looked for in the same go, and only where nothing was found."""
    if not prova.ogni:
        return Sql("")
    terms = [termine(each, lingua) for each in prova.domanda.termini]
    parts = [IGNOTA.format(place, each.testo) for place, each in enumerate(terms)]
    return Sql("".join(parts), [value for each in terms for value in (lingua, *each.valori)])


def _counts(filtri: Filtri, enough: str) -> Sql:
    """One count of everything within the choices made, and one per facet with choices, as if it had none."""
    chosen = sorted(scelti(filtri))
    others = "WHERE split_part(v, ':', 1) <> ALL(%s::text[])" if chosen else ""
    parts = [Sql(CONTA.format(da="ristrette", dove=others), [chosen] if chosen else [])]
    for name in chosen:
        without = filtro(filtri, tranne=name)
        rows, own = f"trovate WHERE {without.testo} AND {enough}", f"WHERE starts_with(v, '{name}:')"
        parts.append(Sql(CONTA.format(da=rows, dove=own), without.valori))
    return Sql(" UNION ALL ".join(part.testo for part in parts), [value for part in parts for value in part.valori])
