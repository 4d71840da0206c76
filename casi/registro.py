"""Writing the register. Reads call it in their own transaction: what cannot be written down is not shown."""

from collections.abc import Iterable
from uuid import UUID

from casi.attore import Attore
from casi.models import Esito, Registro
from casi.ruoli import Azione


def record(attore: Attore, azione: Azione, *, casi: Iterable[UUID] = (), esito: Esito = Esito.CONSENTITO) -> Registro:
    """One line: who, for whom, in which role, what, on which cases, with which outcome. Raises DatabaseError."""
    operatore = attore.operatore
    return Registro.objects.create(
        utente_id=operatore.utente_id,
        operatore_id=operatore.pk,
        ente_id=operatore.ente_id,
        ente_nome=operatore.ente.nome,
        ruolo=operatore.ruolo,
        azione=azione,
        esito=esito,
        casi=list(casi),
        sessione=attore.sessione,
        indirizzo=attore.indirizzo,
        richiesta=attore.richiesta,
    )
