"""Telling that an admission has ended by itself, or counts again: who answers for the case did nothing, and would not
know."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casi.actions.avvisi import notify, responsabili
from casi.models import Ammissione, TipoAvviso
from casi.selectors.scadenze import count_again, ended_by_themselves


@transaction.atomic
def tell_ended() -> int:
    """A notice for each, once each time; how many. For the hourly command."""
    found = ended_by_themselves(timezone.localdate()).filter(fine_detta=False)
    return _tell(found, TipoAvviso.AMMISSIONE_FINITA, detta=True)


@transaction.atomic
def tell_back() -> int:
    """The same of those that count again: when one ends once more, it is told once more."""
    return _tell(count_again(timezone.localdate()), TipoAvviso.AMMISSIONE_RIPRESA, detta=False)


def _tell(found: QuerySet[Ammissione], tipo: TipoAvviso, *, detta: bool) -> int:
    rows = list(found.select_for_update(of=("self",)).select_related("caso").order_by("pk"))
    for row in rows:
        notify(responsabili(row.caso), tipo, row.caso)
        row.fine_detta = detta
        row.save(update_fields=["fine_detta"])
    return len(rows)
