"""The cases a conversation may be added to: the latest, or those looked for among all that one follows."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.models import Caso, Componente, PrimoAscolto
from casi.parole import normalized
from casi.percorso import FINITI
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.casi import RECENTI, Riga, righe, summarised

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
    some = _looked_for(attore, found, cercato) if cercato else list(found.values_list("pk", flat=True)[: most + 1])
    chosen = found.filter(pk=scelto).values_list("pk", flat=True) if scelto else ()
    shown = [*dict.fromkeys((*chosen, *some[:most]))]
    record(attore, Azione.ELENCARE_CASI, casi=shown, dettaglio=Dettaglio(risultati=len(shown)))
    return Aggiungibili(righe(summarised(attore, shown).order_by(*RECENTI)), len(some) > most, cercato)


def _looked_for(attore: Attore, found: QuerySet[Caso], cercato: str) -> list[UUID]:
    """Those in whose number and names each word of `cercato` begins one. Names are read where the actor may see them,
    and here, in clear: sealed as they are, no part of one can be asked of the database."""
    named = policies.visible_to(attore, Azione.VEDERE_PERSONE).filter(pk__in=found.order_by().values("pk"))
    living = Componente.objects.in_force(timezone.localdate()).filter(nucleo__in=named.values("nucleo"))
    words = defaultdict(set)
    for each in living.select_related("persona"):
        words[each.nucleo_id].update(_words(each.persona.nominativo))
    typed = _words(cercato)
    return [
        pk
        for pk, numero, nucleo in found.values_list("pk", "numero", "nucleo")
        if _begin(typed, {normalized(numero), normalized(numero.removeprefix("C-")), *words[nucleo]})
    ]


def _words(text: str) -> set[str]:
    return {normalized(word) for word in text.split()} - {""}


def _begin(typed: set[str], words: set[str]) -> bool:
    return all(any(word.startswith(each) for word in words) for each in typed)
