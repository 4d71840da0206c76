"""A conversation that turns out to be about somebody whose case is open already."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from casi.actions.origini import bring_along, lock_ascolto
from casi.actions.serratura import claim, require
from casi.attore import Attore
from casi.errori import Impossibile
from casi.models import Caso
from casi.registro import Dettaglio, record
from casi.ruoli import Azione


@transaction.atomic
def aggiungi(*, by: Attore, ascolto: UUID, caso: UUID) -> Caso:
    """The conversation, and what goes with it, to an open case the actor writes on.

    Another body's proposal goes to a case of the body it was made to; nothing goes to another body before the person
    was told who will read it. Raises Vietato, Assente, Impossibile.
    """
    require(by, Azione.SCRIVERE_ASCOLTO)
    scelto = claim(by, Azione.SCRIVERE_DIARIO, caso)
    riga, ente = lock_ascolto(by, ascolto, scelto), by.operatore.ente_id
    if ente not in (riga.ente_id, scelto.ente_titolare_id):
        raise Impossibile(_("Una proposta di un altro ente si aggiunge solo a un caso del tuo ente."))
    if riga.ente_id != scelto.ente_titolare_id and riga.informativa_id is None:
        raise Impossibile(
            _("Il caso è di un altro ente: prima consegna l'informativa alla persona e scrivilo nell'ascolto.")
        )
    bring_along(scelto, riga)
    told = Dettaglio(riga, finalita="aggiunge", titoli=by.titoli[Azione.SCRIVERE_DIARIO, caso])
    record(by, Azione.SCRIVERE_ASCOLTO, casi=[scelto.pk], dettaglio=told)
    return scelto
