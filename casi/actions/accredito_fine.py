"""An accreditation that ends by itself: its last day moved, and what is to be done once it is over."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casi.actions.accredito import claim_tie
from casi.actions.accredito_giorni import check_last_day
from casi.actions.limiti import cover_all
from casi.attore import Attore, from_server
from casi.errori import Impossibile
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from catalogo.models import Operatore
from catalogo.models.operatore import RuoloOperatore


@transaction.atomic
def move_end(*, by: Attore, legame: Operatore, al: date | None, letto: date | None) -> None:
    """Another last day, nearer or further, or none; `letto` is the one that was read.

    Raises Vietato, Impossibile, ValidationError (the role is another tie's by then; a day that is over:
    `accredito.end_tie` ends it now).
    """
    row = claim_tie(by, legame)
    if row.al != letto:
        raise Impossibile(_("Intanto qualcun altro ha cambiato l'ultimo giorno: torna a «Rete» e guardalo."))
    if row.al == al:
        raise Impossibile(_("È già il suo ultimo giorno."), campo="al")
    check_last_day(row.dal, al)
    row.al = al
    row.full_clean()
    row.save(update_fields=["al"])
    record(by, Azione.ACCREDITARE, dettaglio=Dettaglio(row, finalita=f"ultimo giorno {row.pk}"))


def replace_run_out() -> None:
    """A sealed case whose named coordinator had a last day gets those of now: body by body, so that nobody waits for a
    case with a line of the register in hand. For the nightly command."""
    over = Operatore.objects.filter(al__lt=timezone.localdate(), chiuso_il=None, ruolo=RuoloOperatore.COORDINATORE)
    for tie in over.order_by("ente_id", "-al", "pk").distinct("ente_id").select_related("ente"):
        with transaction.atomic():
            cover_all(from_server(tie), tie.ente_id)
