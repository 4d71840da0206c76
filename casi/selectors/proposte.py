"""Cases that wait for a social worker's yes or no. She sees the number, the state and the urgency, nothing else."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.errori import Assente
from casi.giorni import start_of
from casi.models import Caso, Esito, PresaInCarico
from casi.percorso import PER_ACCETTARE
from casi.registro import LEGGE, Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.conclusa import da_accettare


def proposte(attore: Attore) -> QuerySet[PresaInCarico]:
    """Assigned to the actor under this very tie, by the body that still holds the case, and not answered yet."""
    me = attore.operatore
    return da_accettare().filter(assegnata_a=me.pk, caso__ente_titolare=me.ente_id)


def limite() -> date:
    """Who was asked before this day is late with the answer."""
    return timezone.localdate() - timedelta(days=PER_ACCETTARE)


def da_troppo() -> Q:
    """The same, of rows that say when somebody was asked."""
    return Q(assegnata_il__lt=start_of(limite()))


def apri_proposta(attore: Attore, pk: UUID) -> PresaInCarico:
    """The proposal about the case `pk`. Raises Assente for no such case, and for a case proposed to somebody else."""
    with transaction.atomic():
        allowed = policies.may(attore, Azione.ACCETTARE)
        found = proposte(attore).filter(caso=pk).select_related("caso", "assegnata_da__utente").first()
        esito = Esito.CONSENTITO if allowed and found else Esito.NEGATO
        told = Dettaglio(finalita=LEGGE, titoli=[found.pk] if found else [])
        record(attore, Azione.ACCETTARE, casi=[pk], esito=esito, dettaglio=told)
    if found is None or not allowed:
        raise Assente
    return found


def lock_proposed(attore: Attore, pk: UUID) -> Caso | None:
    """The case locked to the end of the transaction, if it was proposed to the actor: his answer rests on that."""
    locked = Caso.objects.select_for_update(no_key=True).filter(pk=pk).first()
    waiting = list(proposte(attore).filter(caso=pk).values_list("pk", flat=True))
    attore.titoli[Azione.ACCETTARE, pk] = waiting
    return locked if waiting else None
