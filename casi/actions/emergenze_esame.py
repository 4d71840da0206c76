"""Looking back at an emergency: justified or an abuse, said by somebody else than who opened it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casi.actions.serratura import require
from casi.attore import Attore
from casi.errori import Assente, Impossibile
from casi.models import AccessoEmergenza
from casi.registro import Dettaglio, record
from casi.ruoli import Azione


@transaction.atomic
def review(*, by: Attore, emergenza: UUID, esito: str, nota: str) -> AccessoEmergenza:
    """Close the review of one emergency. Raises Vietato, Assente, Impossibile, ValidationError."""
    require(by, Azione.ESAMINARE_EMERGENZE)
    found = AccessoEmergenza.objects.select_for_update().filter(pk=emergenza).first()
    if found is None:
        raise Assente
    if found.operatore.utente_id == by.operatore.utente_id:
        raise Impossibile(_("Questo accesso è tuo: lo esamina un'altra persona."))
    if found.esaminato_il:
        raise Impossibile(_("Questo accesso è già stato esaminato."))
    found.esito, found.nota_esame = esito, nota
    found.esaminato_da, found.esaminato_il = by.operatore, timezone.now()
    found.full_clean()
    found.save()
    record(by, Azione.ESAMINARE_EMERGENZE, casi=[found.caso_id], dettaglio=Dettaglio(found, finalita=esito))
    return found
