"""A proposal to take somebody on: told to those it is made to, and answered also when the answer is no."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casi.actions.avvisi import notify, sociali_capofila
from casi.actions.origini import lock_ascolto
from casi.actions.serratura import require
from casi.attore import Attore
from casi.errori import Impossibile
from casi.models import EsitoAscolto, PrimoAscolto, TipoAvviso
from casi.registro import Dettaglio, record
from casi.ruoli import Azione


def announce(ascolto: PrimoAscolto) -> None:
    """To the social workers it is made to; by mail too, without a word of it, where help is needed at once."""
    who = [each for each in sociali_capofila(ascolto.ente_id) if each != ascolto.operatore]
    notify(who, TipoAvviso.PRESA_PROPOSTA, mail=ascolto.urgente)


@transaction.atomic
def non_prendere(*, by: Attore, ascolto: UUID, motivo: str) -> PrimoAscolto:
    """Say no, with the reason that its author reads. Raises Vietato, Assente, Impossibile."""
    require(by, Azione.APRIRE_CASO)
    riga = lock_ascolto(by, ascolto)
    if riga.ente_id == by.operatore.ente_id or riga.esito != EsitoAscolto.PROPOSTA:
        raise Impossibile(_("Non è una proposta di un altro ente: non c'è niente da rifiutare."))
    if not motivo.strip():
        raise Impossibile(_("Scrivi il motivo: lo legge chi ha fatto la proposta."))
    riga.non_presa_il, riga.non_presa_da, riga.non_presa_motivo = timezone.now(), by.operatore, motivo
    riga.save(update_fields=["non_presa_il", "non_presa_da", "non_presa_motivo"])
    notify([riga.operatore], TipoAvviso.PRESA_RIFIUTATA)
    record(by, Azione.APRIRE_CASO, dettaglio=Dettaglio(riga, finalita="non_prende"))
    return riga
