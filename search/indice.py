"""Writes of the index: from pages to rows, a few contents at a time, so that memory stays the same at any size."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Model, QuerySet
from django.utils import timezone

from . import indexed
from .contenuti import gruppi_di, voci
from .models import ParolaNota, VoceIndice
from .segnali import voci_cambiate
from .tipi import Genere

LOTTO = 200
CHIAVE = ["gruppo", "lingua"]
SCRITTI = [
    field.name
    for field in VoceIndice._meta.concrete_fields
    if not field.generated and field.name not in {"id", *CHIAVE}
]
Progresso = Callable[[int, int], None]

# The rows of a language lie side by side: who searches reads one language.
SCRIVI = """
INSERT INTO search_voceindice ({colonne})
SELECT {colonne} FROM json_populate_recordset(NULL::search_voceindice, %s) ORDER BY lingua, gruppo
ON CONFLICT (gruppo, lingua) DO UPDATE SET {nuovi}
""".format(colonne=", ".join([*CHIAVE, *SCRITTI]), nuovi=", ".join(f"{name} = EXCLUDED.{name}" for name in SCRITTI))
# Words as they are written, to compare mistyped ones with; numbers and codes are nobody's spelling mistakes.
# A text is cut into words once, in however many languages it is shown.
IMPARA = """
WITH voci AS MATERIALIZED (
    SELECT lingua, gruppo, originale, titolo, parole_chiave, descrizione, testo FROM search_voceindice
    WHERE gruppo = ANY(%s)
), testi AS MATERIALIZED (
    SELECT gruppo, originale, tsvector_to_array(to_tsvector('tessere_parole', testo)) AS parole
    FROM (SELECT DISTINCT ON (gruppo, originale) gruppo, originale, concat_ws(' ', titolo, descrizione, testo) AS testo
          FROM voci ORDER BY gruppo, originale) AS diversi
), dette AS (
    SELECT lingua, unnest(parole) AS parola FROM voci JOIN testi USING (gruppo, originale)
    UNION SELECT lingua, unnest(tsvector_to_array(to_tsvector('tessere_parole', parole_chiave))) FROM voci
)
INSERT INTO search_parolanota (lingua, parola)
SELECT lingua, parola FROM dette WHERE length(parola) BETWEEN 3 AND 30 AND parola !~ '[^[:alpha:]]'
ON CONFLICT DO NOTHING
"""


def aggiorna(gruppi: Iterable[UUID], modello: type[Model]) -> int:
    """Write anew what the public may find of `gruppi`, contents of one model; what is no longer public goes."""
    wanted = list(gruppi)
    genere = indexed.modelli().get(modello)
    with transaction.atomic():
        count = _write(wanted, voci(modello, genere, wanted) if genere else [])
        _impara(wanted)
    return count


@transaction.atomic
def _write(gruppi: list[UUID], rows: list[VoceIndice]) -> int:
    kept = [(row.gruppo, row.lingua) for row in rows]
    old = VoceIndice.objects.filter(gruppo__in=gruppi).values_list("pk", "gruppo", "lingua")
    gone = [pk for pk, gruppo, lingua in old if (gruppo, lingua) not in set(kept)]
    if gone:
        VoceIndice.objects.filter(pk__in=gone).delete()
    scrivi(rows)
    transaction.on_commit(lambda: voci_cambiate.send(sender=VoceIndice, gruppi=gruppi))
    return len(rows)


def scrivi(rows: list[VoceIndice]) -> None:
    """Write `rows`, new or not, in one statement."""
    if not rows:
        return
    values = [{name: getattr(row, name) for name in (*CHIAVE, *SCRITTI)} for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(SCRIVI, [json.dumps(values, default=str)])


def _impara(gruppi: list[UUID]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(IMPARA, [gruppi])


def togli(gruppi: Iterable[UUID]) -> None:
    _write(list(gruppi), [])


def ricostruisci(progresso: Progresso = lambda done, total: None) -> int:
    """Write every row again and drop those that nothing stands behind; readers always find an index.

    Each lot is a transaction of its own. Returns the number of rows; `progresso` hears contents done and in all.
    """
    start, written, done = timezone.now(), 0, 0
    total = sum(gruppi_di(model).count() for model in indexed.modelli())
    for model, genere, keys in lotti():
        written += _write(keys, voci(model, genere, keys))
        done += len(keys)
        progresso(done, total)
    _sweep(start)
    return written


def lotti(size: int = LOTTO) -> Iterator[tuple[type[Model], Genere, list[UUID]]]:
    """Every public content, as (model, kind, translation keys): keys only, by model, `size` at a time."""
    for model, genere in indexed.modelli().items():
        last: UUID | None = None
        while keys := list(_after(model, last)[:size]):
            yield model, genere, keys
            last = keys[-1]


def _after(model: type[Model], last: UUID | None) -> QuerySet:
    keys = gruppi_di(model)
    return keys.filter(translation_key__gt=last) if last else keys


def _sweep(start: datetime) -> None:
    """Rows that this rebuild did not write, and words that no row says any more."""
    VoceIndice.objects.filter(scritta_il__lt=start).delete()
    with transaction.atomic():
        ParolaNota.objects.all().delete()
        keys = iter(VoceIndice.objects.order_by("gruppo").values_list("gruppo", flat=True).distinct().iterator())
        while lot := list(islice(keys, LOTTO * 5)):
            _impara(lot)
