"""Reading cases: through the decision, and written down in the same transaction."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from casi import policies
from casi.attore import Attore
from casi.models import Caso, Esito
from casi.registro import record
from casi.ruoli import Azione

PAGE = 50


@dataclass(frozen=True)
class Elenco:
    """One page of cases, newest first. `altri`: there are more than these."""

    casi: list[Caso]
    altri: bool


@transaction.atomic
def elenco_casi(attore: Attore) -> Elenco:
    """The newest cases the actor may list; which ones were shown is in the register."""
    found = list(policies.visible_to(attore.operatore).select_related("ente_titolare")[: PAGE + 1])
    shown = found[:PAGE]
    record(attore, Azione.ELENCARE_CASI, casi=[caso.pk for caso in shown])
    return Elenco(casi=shown, altri=len(found) > PAGE)


@transaction.atomic
def caso_visibile(attore: Attore, pk: UUID) -> Caso | None:
    """The case, or None: absent and forbidden are one answer, after the same queries and with the same line."""
    visible = policies.visible_to(attore.operatore, Azione.VEDERE_CASO)
    caso = visible.select_related("ente_titolare").filter(pk=pk).first()
    record(attore, Azione.VEDERE_CASO, casi=[pk], esito=Esito.CONSENTITO if caso else Esito.NEGATO)
    return caso
