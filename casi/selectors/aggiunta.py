"""The cases a conversation may be added to: the latest, or those looked for among all that one follows."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from casi import policies
from casi.attore import Attore
from casi.models import PrimoAscolto
from casi.percorso import FINITI
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.casi import RECENTI, Riga, righe, summarised
from casi.selectors.fra_i_miei import looked_for

A_PORTATA = 10  # as many as one reads through before looking for a name
TROVATI = 30


@dataclass(frozen=True)
class Aggiungibili:
    """Newest first. `altri`: there are more than these; `cercato`: what they were looked for by."""

    righe: list[Riga]
    altri: bool
    cercato: str = ""


@transaction.atomic
def aggiungibili(
    attore: Attore, ascolto: PrimoAscolto, *, cercato: str = "", scelto: UUID | None = None
) -> Aggiungibili:
    """The open cases the actor writes on, to which the conversation may be added; which ones is in the register.

    `cercato`: the beginning of a number, or of the names of who lives there; `scelto` is among them if it may be.
    """
    found = policies.visible_to(attore, Azione.SCRIVERE_DIARIO).exclude(stato__in=FINITI).order_by(*RECENTI)
    if ascolto.ente_id != attore.operatore.ente_id:
        found = found.filter(ente_titolare=attore.operatore.ente_id)
    most = TROVATI if cercato else A_PORTATA
    some = looked_for(attore, found, cercato) if cercato else list(found.values_list("pk", flat=True)[: most + 1])
    chosen = found.filter(pk=scelto).values_list("pk", flat=True) if scelto else ()
    shown = [*dict.fromkeys((*chosen, *some[:most]))]
    record(attore, Azione.ELENCARE_CASI, casi=shown, dettaglio=Dettaglio(risultati=len(shown)))
    return Aggiungibili(righe(summarised(attore, shown).order_by(*RECENTI)), len(some) > most, cercato)
