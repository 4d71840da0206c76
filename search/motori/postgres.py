"""The engine that needs nothing else: full text, then any of the words, then words that resemble them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.db import connection
from django.utils import timezone

from search.models import VoceIndice
from search.ortografia import correggi
from search.parole import Domanda
from search.tipi import PER_PAGINA, Filtri

from .base import FACCETTE, FINE, INIZIO, Esito, scelti
from .interrogazione import GENERI, PESI, Sql, filtro, ordine, termine, tsquery

TROVA = """
WITH trovate AS MATERIALIZED (
    SELECT id, titolo, lat, lon, valori, {punti} AS punti FROM search_voceindice, (SELECT {domanda} AS q) AS domanda
    WHERE lingua = %s AND (scadenza IS NULL OR scadenza >= %s) AND {corrisponde}
), ristrette AS (SELECT * FROM trovate WHERE {filtro}),
quante AS (SELECT count(*) AS n FROM ristrette)
{conteggi}
UNION ALL SELECT 'totale', '', n FROM quante
UNION ALL (SELECT 'pagina', id::text, row_number() OVER (ORDER BY {ordine}) FROM ristrette r ORDER BY {ordine}
    LIMIT {quante} OFFSET (SELECT greatest(0, least(%s, (n - 1) / {quante})) * {quante} FROM quante))
"""
CONTA = """
SELECT split_part(v, ':', 1), split_part(v, ':', 2), count(*)
FROM (SELECT unnest(valori) AS v FROM {da}) AS valori {dove} GROUP BY v
"""
OPZIONI = f'StartSel={INIZIO}, StopSel={FINE}, MaxFragments=2, MaxWords=22, MinWords=8, FragmentDelimiter=" … "'
# Reading every row costs more than the planner thinks: their vectors are kept beside them.
CON_INDICE = "SET LOCAL enable_seqscan = off;"  # for this statement and the next, which are one transaction
ESTRATTI = """
SELECT id, ts_headline(search_configurazione(originale), testo, {domanda}, %s)
FROM search_voceindice WHERE id = ANY(%s)
"""


@dataclass(frozen=True)
class Prova:
    """One way of looking: all terms, or at least `minimo` of them."""

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
        attempts += [Prova(right, minimo) for minimo in sorted({(count + 1) // 2, 1}, reverse=True) if minimo < count]
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
            cursor.execute(CON_INDICE + found.testo, found.valori)
            cursor.nextset()
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
            cursor.execute("SELECT " + ", ".join(asked.format(each.testo) for each in terms), values)
            return [place for place, known in enumerate(cursor.fetchone()) if not known]


def _trova_sql(prova: Prova, lingua: str, filtri: Filtri, pagina: int) -> Sql:
    words = tsquery(prova.domanda, lingua, ogni=prova.ogni) if prova.domanda.termini else Sql("''::tsquery")
    score, matching = _score(prova, lingua), _matching(prova, lingua)
    narrowed, counted, sorting = filtro(filtri), _counts(filtri), ordine(filtri)
    text = TROVA.format(
        punti=score.testo, domanda=words.testo, corrisponde=matching.testo, filtro=narrowed.testo,
        conteggi=counted.testo, ordine=sorting.testo, quante=PER_PAGINA,
    )  # fmt: skip
    values = [*score.valori, *words.valori, lingua, timezone.localdate(), *matching.valori, *narrowed.valori]
    return Sql(text, [*values, *counted.valori, *sorting.valori, *sorting.valori, pagina - 1])


def _score(prova: Prova, lingua: str) -> Sql:
    if not prova.domanda.termini:
        return Sql("0")
    kinds = " ".join(f"WHEN '{kind}' THEN {weight}" for kind, weight in GENERI.items())
    rank = f"ts_rank('{PESI}', vettore, q, 1) * CASE genere {kinds} ELSE 1 END"
    if prova.ogni:
        return Sql(rank)
    shared = _shared(prova.domanda.termini, lingua)
    return Sql(f"{shared.testo} + {rank}", shared.valori)


def _matching(prova: Prova, lingua: str) -> Sql:
    if not prova.domanda.termini:
        return Sql("true")
    if prova.ogni or prova.minimo <= 1:
        return Sql("vettore @@ q")
    shared = _shared(prova.domanda.termini, lingua)
    return Sql(f"vettore @@ q AND {shared.testo} >= %s", [*shared.valori, prova.minimo])


def _shared(termini: Sequence[tuple[str, ...]], lingua: str) -> Sql:
    """How many of the terms a row has."""
    terms = [termine(each, lingua) for each in termini]
    text = " + ".join(f"(vettore @@ {each.testo})::int" for each in terms)
    return Sql(f"({text})", [value for each in terms for value in each.valori])


def _counts(filtri: Filtri) -> Sql:
    """One count of everything within the choices made, and one per facet with choices, as if it had none."""
    chosen = sorted(scelti(filtri))
    others = "WHERE split_part(v, ':', 1) <> ALL(%s::text[])" if chosen else ""
    parts = [Sql(CONTA.format(da="ristrette", dove=others), [chosen] if chosen else [])]
    for name in chosen:
        without = filtro(filtri, tranne=name)
        rows, own = f"trovate WHERE {without.testo}", f"WHERE starts_with(v, '{name}:')"
        parts.append(Sql(CONTA.format(da=rows, dove=own), without.valori))
    return Sql(" UNION ALL ".join(part.testo for part in parts), [value for part in parts for value in part.valori])
