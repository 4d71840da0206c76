"""Words that nobody wrote: the known word they resemble, for a second look and for "forse cercavi"."""

import re
from dataclasses import replace

from django.db import connection

from .parole import Domanda, piana, significati
from .sinonimi import gia_letti

SOMIGLIA = 0.55  # of trigrams: real mistakes score 0.61 and more, other words about 0.40
SIMILI = """
SELECT chiesta, parola, similarity(parola, chiesta)
FROM unnest(%s::text[]) AS chiesta CROSS JOIN LATERAL (
    SELECT array_agg(overlay(chiesta placing reverse(substr(chiesta, i, 2)) from i for 2)) AS scambiate
    FROM generate_series(1, length(chiesta) - 1) AS i
) AS s CROSS JOIN LATERAL (
    SELECT parola FROM (
        SELECT parola FROM search_parolanota WHERE lingua = %s UNION SELECT unnest(%s::text[])
    ) AS note WHERE length(parola) BETWEEN length(chiesta) - 2 AND length(chiesta) + 2
        AND (left(parola, 1) = left(chiesta, 1) OR parola %% chiesta OR parola = ANY(scambiate))
    ORDER BY CASE WHEN parola = ANY(scambiate) THEN 0 ELSE levenshtein_less_equal(parola, chiesta, 3) END,
        similarity(parola, chiesta) DESC, parola LIMIT 6
) AS vicine
"""


def correggi(domanda: Domanda, ignote: list[int], lingua: str) -> tuple[Domanda, str]:
    """`domanda` with the terms at the places `ignote` replaced by known words, and the text spelt that way.

    The text is empty where nothing better is known: then the question comes back as it was.
    """
    wrong = {place: domanda.termini[place][0] for place in ignote}
    synonyms = gia_letti(lingua)
    better = _better([word for word in wrong.values() if " " not in word], lingua, synonyms)
    if not better:
        return domanda, ""
    terms = list(domanda.termini)
    text = domanda.testo
    for place, word in wrong.items():
        if word in better:
            terms[place] = significati(better[word], lingua, synonyms)
            text = re.sub(rf"(?<!\w){re.escape(word)}(?!\w)", better[word], text, flags=re.IGNORECASE)
    return replace(domanda, termini=tuple(terms)), text


def _better(words: list[str], lingua: str, synonyms: dict[str, tuple[str, ...]]) -> dict[str, str]:
    """By mistyped word, the one it is nearest to of those that some content has or that stand for them."""
    plain = {piana(word): word for word in words if len(word) > 2}
    if not plain:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(SIMILI, [list(plain), lingua, [each for each in synonyms if " " not in each]])
        found = cursor.fetchall()
    best: dict[str, tuple[float, str]] = {}
    for asked, known, alike in found:
        steps = distanza(asked, known)
        if steps <= _allowed(asked) or alike >= SOMIGLIA:
            # Of two equally near, the one with the same letters: fingers swap them more often than they miss them.
            swapped = sorted(asked) == sorted(known)
            best[asked] = min(best.get(asked, (99.0, "")), (steps - alike - swapped, known))
    return {plain[asked]: known for asked, (_steps, known) in best.items()}


def _allowed(word: str) -> int:
    """Mistakes forgiven, as search servers do by themselves: none in three letters, two from six on."""
    return 0 if len(word) < 4 else 1 if len(word) < 6 else 2


def distanza(one: str, other: str) -> int:
    """Letters added, dropped, changed, or swapped with their neighbour, between two words."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, start=1):
        above, row = rows[-1], [i]
        for j, its in enumerate(other, start=1):
            step = min(above[j] + 1, row[-1] + 1, above[j - 1] + (letter != its))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == its:
                step = min(step, rows[-2][j - 2] + 1)
            row.append(step)
        rows.append(row)
    return rows[-1][-1]
