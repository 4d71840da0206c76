"""Telling that an admission has ended by itself: who answers for the case did nothing, and would not know."""

from django.db import transaction
from django.utils import timezone

from casi.actions.avvisi import notify, responsabili
from casi.models import TipoAvviso
from casi.selectors.scadenze import ended_by_themselves


@transaction.atomic
def tell_ended() -> int:
    """A notice, once, for each; how many. For the hourly command."""
    found = ended_by_themselves(timezone.localdate()).filter(fine_detta=False)
    rows = list(found.select_for_update(of=("self",)).select_related("caso").order_by("pk"))
    for row in rows:
        notify(responsabili(row.caso), TipoAvviso.AMMISSIONE_FINITA, row.caso)
        row.fine_detta = True
        row.save(update_fields=["fine_detta"])
    return len(rows)
