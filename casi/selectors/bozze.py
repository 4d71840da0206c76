"""Reading one's own drafts; nobody else's can be asked for."""

import json
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from casi.attore import Attore
from casi.giorni import start_of
from casi.models import Bozza

DI_OGGI = frozenset({"raccolta"})  # of who may not have been told yet what becomes of her words: gone by the next day


def draft(attore: Attore, modulo: str, oggetto: UUID | None) -> dict[str, list[str]]:
    """Each field's texts as they were typed; empty when there is no draft."""
    mine = Bozza.objects.filter(operatore=attore.operatore, modulo=modulo, oggetto=oggetto)
    found = mine.exclude(of_another_day()).first()
    return json.loads(found.contenuto) if found else {}


def of_another_day() -> Q:
    """The drafts that were to be finished on the day they were begun."""
    midnight = start_of(timezone.localdate())
    return Q(modulo__in=DI_OGGI, scritta_il__lt=midnight)
