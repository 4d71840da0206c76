"""The receipt of a request somebody has written down today: to be printed again, and nothing of what it says."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.errori import Assente
from casi.giorni import start_of
from casi.models import Esito, Richiesta
from casi.registro import LEGGE, Dettaglio, record
from casi.ruoli import Azione


def open_raccolta(attore: Attore, pk: UUID) -> Richiesta:
    """One the actor has written down today under this very tie, registered. Raises Assente for all others alike."""
    midnight = start_of(timezone.localdate())
    with transaction.atomic():
        allowed = policies.may(attore, Azione.REGISTRARE_RICHIESTA)
        mine = Richiesta.objects.filter(raccolta_da=attore.operatore, ricevuta_il__gte=midnight)
        found = mine.filter(pk=pk).select_related("ente").first() if allowed else None
        esito = Esito.CONSENTITO if found else Esito.NEGATO
        told = Dettaglio(found or Richiesta(pk=pk), finalita=LEGGE)
        record(attore, Azione.REGISTRARE_RICHIESTA, esito=esito, dettaglio=told)
    if found is None:
        raise Assente
    return found
