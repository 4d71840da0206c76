"""A request said aloud, on the phone or at the desk, and written down by who is there."""

from typing import Any

from django.conf import settings
from django.db import transaction

from casi.actions.pubblico import receive, receiver
from casi.actions.serratura import require
from casi.attore import Attore
from casi.models import Richiesta
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.pubblico import ente_di_chi_scrive, informativa_in


@transaction.atomic
def raccogli(*, by: Attore, comune: Any = None, lingua: str = "", **campi: Any) -> Richiesta:
    """A request for the actor's own body, as the public form would make it; the person has been told of the notice.

    Raises Vietato, Impossibile, ValidationError.
    """
    require(by, Azione.REGISTRARE_RICHIESTA)
    ente = receiver(ente_di_chi_scrive(by.operatore.ente, comune))
    given = {"raccolta_da": by.operatore, "informativa": informativa_in(lingua)}
    richiesta = receive(Richiesta(ente=ente, comune=comune, lingua=lingua, **given, **campi), settings.GIORNI_RISPOSTA)
    record(by, Azione.REGISTRARE_RICHIESTA, dettaglio=Dettaglio(richiesta, finalita="scrive"))
    return richiesta
