"""What reaches the network from people without an account: a request, an alert, a withdrawal."""

import logging
from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, gettext

from casi.actions.avvisi_arrivi import SUBITO, announce, withdrawn
from casi.errori import Impossibile
from casi.giorni import after_working_days
from casi.mesi import months_after
from casi.models import Arrivo, Richiesta, Segnalazione, StatoRichiesta
from casi.selectors.pubblico import ascolta, capofila, ente_per, informativa_in
from catalogo.models import Ente

log = logging.getLogger("tessere.casi")
UnArrivo = TypeVar("UnArrivo", bound=Arrivo)
AVVISARE = 1  # month. GDPR art. 14(3)(a): the person is told within it that somebody wrote about her


@transaction.atomic
def chiedi(*, servizio: UUID | None, **campi: Any) -> Richiesta:
    """A request, given to the body of `servizio` or to the lead body of its `comune`.

    Raises Impossibile, ValidationError.
    """
    ente, shown = receiver(ente_per(servizio, campi.get("comune"))), informativa_in(get_language() or "")
    richiesta = Richiesta(ente=ente, servizio=servizio, informativa=shown, **campi)
    return receive(richiesta, settings.GIORNI_RISPOSTA)


@transaction.atomic
def segnala(**campi: Any) -> Segnalazione:
    """An alert by a third party, always given to the lead body of its `comune`. Raises Impossibile, ValidationError."""
    entro = months_after(timezone.localdate(), AVVISARE)
    segnalazione = Segnalazione(ente=receiver(capofila(campi.get("comune"))), avvisare_entro=entro, **campi)
    at_once = segnalazione.minori_a_rischio or segnalazione.urgente
    return receive(segnalazione, SUBITO if at_once else settings.GIORNI_RISPOSTA)


@transaction.atomic
def ritira(*, codice: str, entrato: bool = False) -> None:
    """The person has thought better of it: nobody will look for her. Raises Impossibile, for who is signed in always.

    The register has lines of people with an account alone: the line is on the server, by the key.
    """
    if entrato:
        text = gettext("Questa pagina è per chi ha la ricevuta. Se è tua, prima esci; altrimenti rispondi da «Arrivi».")
        raise Impossibile(text)
    richiesta = Richiesta.objects.select_for_update().filter(codice=codice).first()
    if richiesta is None:
        unknown = gettext("Non troviamo questo codice. Controlla che sia scritto come sulla ricevuta.")
        raise Impossibile(unknown, campo="codice")
    if richiesta.caso_id:
        taken = gettext("La tua richiesta è già seguita da una persona: chiama e dillo a lei.")
        raise Impossibile(taken, campo="codice")
    if richiesta.stato != StatoRichiesta.RITIRATA:
        richiesta.stato = StatoRichiesta.RITIRATA
        richiesta.save(update_fields=["stato"])
        withdrawn(richiesta)
        transaction.on_commit(partial(log.info, "Una richiesta è stata ritirata con la sua ricevuta: %s", richiesta.pk))


def receiver(ente: Ente | None) -> Ente:
    """`ente`, if somebody there reads what arrives: nothing is promised where nobody does. Raises Impossibile."""
    if ente is None or not ascolta(ente):
        raise Impossibile(gettext("In questo momento non possiamo ricevere messaggi da questa pagina: chiama."))
    return ente


def receive(arrivo: UnArrivo, days: int) -> UnArrivo:
    """Save `arrivo`, to be answered within `days` working days, and tell who may read it that there is one."""
    arrivo.rispondere_entro = after_working_days(timezone.localdate(), days)
    arrivo.full_clean()
    arrivo.save()
    announce(arrivo)
    return arrivo
