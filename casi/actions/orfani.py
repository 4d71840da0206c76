"""Files on the disk that belong to no row: their upload was undone, or their erasing was cut short."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from casi import storage
from casi.errori import Impossibile
from casi.models import Allegato

ATTESA = timedelta(days=1)  # a younger file may belong to a row that is not committed yet
AT_ONCE = 500
POCHI, MOLTI = 5, 50  # so many left in a night, or one in a hundred: more are the trace of an older database


def sweep(*, prova: bool = False, anche_molti: bool = False) -> int:
    """Erase them, or with `prova` only count them; how many. Without its row nobody has the key of a file any more.

    Raises Impossibile when the database knows no file at all (most likely it is empty, half restored or another one),
    and when they are many, unless `anche_molti`: the rows may come from a copy older than the files.
    """
    if not (prova or Allegato.objects.exists()):
        raise Impossibile(_("La banca dati non conosce nessun allegato: controlla che sia quella giusta."))
    if not (prova or anche_molti):
        _refuse_many()
    gone = 0
    for place in _orphans():
        if not prova:
            place.unlink(missing_ok=True)
        gone += 1
    return gone


def _refuse_many() -> None:
    most = min(MOLTI, max(POCHI, Allegato.objects.count() // 100))
    whole = (place for place in _orphans() if not place.suffix)
    if len(list(islice(whole, most + 1))) > most:
        told = _(
            "I file senza allegato sono più di %(tanti)s, e non ne abbiamo cancellato nessuno. Se la banca dati viene "
            "da una copia più vecchia dei file, quei file servono ancora. Se sai perché sono tanti: --anche-molti."
        )
        raise Impossibile(told % {"tanti": most})


def _orphans() -> Iterator[Path]:
    left = storage.left_before((timezone.now() - ATTESA).timestamp())
    while some := list(islice(left, AT_ONCE)):
        yield from _without_row(some)


def _without_row(files: list[tuple[UUID, Path]]) -> Iterator[Path]:
    """Begun files are nobody's either: the finished one lies beside them, under the plain name."""
    kept = set(Allegato.objects.filter(pk__in={pk for pk, _place in files}).order_by().values_list("pk", flat=True))
    return (place for pk, place in files if pk not in kept or place.suffix)
