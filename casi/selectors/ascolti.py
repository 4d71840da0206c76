"""First conversations: the body's own, those it is asked to take on, those of a case."""

from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.errori import Assente
from casi.models import Esito, Informativa, PrimoAscolto
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.casi import Aperto, open_caso

PAGE = 100


@transaction.atomic
def elenco_ascolti(attore: Attore) -> list[PrimoAscolto]:
    """Those of the actor's own body that are of no case yet, newest first."""
    rows = policies.ascolti_visibili(attore).filter(ente=attore.operatore.ente)
    found = list(rows.select_related("operatore__utente")[:PAGE])
    record(attore, Azione.SCRIVERE_ASCOLTO, dettaglio=Dettaglio(risultati=len(found), finalita="elenca"))
    return found


def open_ascolto(attore: Attore, pk: UUID, *, nostro: bool = False) -> PrimoAscolto:
    """One conversation of no case yet, registered by its key. Raises Assente for absent and forbidden alike.

    `nostro`: only of the actor's body, which alone may change it.
    """
    ours = {"ente": attore.operatore.ente_id} if nostro else {}
    with transaction.atomic():
        rows = policies.ascolti_visibili(attore).select_related("ente", "operatore__utente", "informativa", "richiesta")
        ascolto = rows.filter(pk=pk, **ours).first()
        esito = Esito.CONSENTITO if ascolto else Esito.NEGATO
        dettaglio = Dettaglio(ascolto or PrimoAscolto(pk=pk), finalita="legge")
        record(attore, Azione.SCRIVERE_ASCOLTO, esito=esito, dettaglio=dettaglio)
    if ascolto is None:
        raise Assente
    return ascolto


def ascolti_del_caso(attore: Attore, pk: UUID) -> tuple[Aperto, list[PrimoAscolto]]:
    """The case, opened for reading, and the conversations it began with that the actor may read. Raises Assente."""
    aperto = open_caso(attore, pk, Azione.VEDERE_CASO, Dettaglio(finalita="ascolti"))
    rows = policies.ascolti_visibili(attore, aperto.caso, aperto.azioni)
    return aperto, list(rows.select_related("ente", "operatore__utente", "informativa"))


def informative() -> QuerySet[Informativa]:
    return Informativa.objects.filter(valida_dal__lte=timezone.localdate())
