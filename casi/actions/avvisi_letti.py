"""Putting away one's own notices."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from casi.actions.serratura import require
from casi.attore import Attore
from casi.models import Avviso
from casi.ruoli import Azione


@transaction.atomic
def mark_read(*, by: Attore, avvisi: Collection[int]) -> None:
    """Those of these keys that are the actor's own. Raises Vietato."""
    require(by, Azione.ENTRARE)
    mine = Avviso.objects.filter(destinatario=by.operatore, letto_il__isnull=True)
    mine.filter(pk__in=avvisi).update(letto_il=timezone.now())
