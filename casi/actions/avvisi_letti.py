"""Putting away one's own notices."""

from django.db import transaction
from django.utils import timezone

from casi.actions.serratura import require
from casi.attore import Attore
from casi.models import Avviso
from casi.ruoli import Azione


@transaction.atomic
def mark_read(*, by: Attore, avviso: int | None = None) -> None:
    """One notice, or all; nobody else's. Raises Vietato."""
    require(by, Azione.ENTRARE)
    mine = Avviso.objects.filter(destinatario=by.operatore, letto_il__isnull=True)
    (mine.filter(pk=avviso) if avviso is not None else mine).update(letto_il=timezone.now())
