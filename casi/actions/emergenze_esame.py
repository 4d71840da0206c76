"""Looking back at an emergency: justified or an abuse, said by somebody else than who opened it."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casi.actions.avvisi import in_office, notify, responsabili
from casi.actions.serratura import require
from casi.attore import Attore
from casi.errori import Assente, Impossibile
from casi.models import AccessoEmergenza, EsitoEmergenza, TipoAvviso
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.emergenze_esame import within
from catalogo.models.operatore import RuoloOperatore


@transaction.atomic
def review(*, by: Attore, emergenza: UUID, esito: str, nota: str) -> AccessoEmergenza:
    """Close the review of one emergency; of an abuse, whoever coordinates and whoever answers for the case are told.

    Raises Vietato, Assente, Impossibile, ValidationError.
    """
    require(by, Azione.ESAMINARE_EMERGENZE)
    found = within(by).select_for_update(of=("self",)).filter(pk=emergenza).first()
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
    if esito == EsitoEmergenza.ABUSO:
        _tell(found)
    return found


def _tell(accesso: AccessoEmergenza) -> None:
    """All but who opened it, by number alone."""
    caso = accesso.caso
    found = [*responsabili(caso), *in_office(caso, RuoloOperatore.COORDINATORE)]
    told = {each.pk: each for each in found if each.utente_id != accesso.operatore.utente_id}
    notify(told.values(), TipoAvviso.ABUSO, caso, mail=True)
