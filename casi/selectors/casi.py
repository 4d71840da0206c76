"""Reading cases: through the decision, and written down in the same transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from uuid import UUID

from django.db import transaction

from casi import policies
from casi.attore import Attore
from casi.errori import Assente
from casi.models import AccessoEmergenza, Caso, Esito
from casi.registro import NIENTE, Dettaglio, record
from casi.ruoli import Azione

PAGE = 50


@dataclass(frozen=True)
class Elenco:
    """One page of cases, newest first. `altri`: there are more than these."""

    casi: list[Caso]
    altri: bool


@dataclass(frozen=True)
class Aperto:
    """A case opened by somebody, with all that he may do on it: pages show a button only for what is in `azioni`."""

    caso: Caso
    azioni: frozenset[Azione]


@transaction.atomic
def elenco_casi(attore: Attore) -> Elenco:
    """The newest cases the actor may list; which ones were shown is in the register."""
    found = list(policies.visible_to(attore).select_related("ente_titolare")[: PAGE + 1])
    shown = found[:PAGE]
    record(attore, Azione.ELENCARE_CASI, casi=[caso.pk for caso in shown], dettaglio=Dettaglio(risultati=len(shown)))
    return Elenco(casi=shown, altri=len(found) > PAGE)


def open_caso(attore: Attore, pk: UUID, azione: Azione, dettaglio: Dettaglio = NIENTE) -> Aperto:
    """The case, for doing `azione` on it. Raises Assente for absent and forbidden alike, after the same queries.

    Yes or no, one line is written; what cannot be written is not shown. Without another purpose the line says on what
    the opening rests: «titolare», «ammesso», or «emergenza» with the access that was declared.
    """
    with transaction.atomic():
        facts = policies.facts_on(attore, pk)
        azioni = policies.azioni_con(attore, facts)
        caso = Caso.objects.select_related("ente_titolare", "comune").filter(pk=pk).first() if azioni else None
        esito = Esito.CONSENTITO if caso and azione in azioni else Esito.NEGATO
        record(attore, azione, casi=[pk], esito=esito, dettaglio=_grounded(attore, azione, pk, facts, dettaglio))
    if caso is None or azione not in azioni:
        raise Assente
    return Aperto(caso, azioni)


def _grounded(
    attore: Attore, azione: Azione, pk: UUID, facts: Mapping[str, bool] | None, dettaglio: Dettaglio
) -> Dettaglio:
    if facts is None or azione not in policies.azioni_con(attore, facts):
        return dettaglio
    if azione not in policies.azioni_con(attore, {**facts, "emergenza": False}):
        declared = AccessoEmergenza.objects.filter(operatore=attore.operatore, caso=pk)
        return replace(dettaglio, finalita="emergenza", oggetto=declared.order_by("-inizio").first())
    ground = "titolare" if facts["titolare"] else "ammesso"
    return replace(dettaglio, finalita=dettaglio.finalita or ground)
