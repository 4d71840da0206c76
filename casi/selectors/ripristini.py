"""Second factors to be forgotten, for the second of the two people it takes."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casi.attore import Attore
from casi.errori import Assente
from casi.models import Ripristino
from casi.models.ripristino import VALE
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.accredito import ties


@dataclass(frozen=True)
class Ripristini:
    """`da_confermare`: by the actor. `miei`: what he has proposed himself, for somebody else to confirm."""

    da_confermare: list[Ripristino]
    miei: list[Ripristino]


def proposed(attore: Attore) -> QuerySet[Ripristino]:
    """Those of the actor's network that have not run out."""
    network: Any = ties(attore).order_by().values("pk")
    return Ripristino.objects.filter(proposto_il__gt=timezone.now() - VALE, legame__in=network)


def for_me(attore: Attore) -> QuerySet[Ripristino]:
    """Those the actor may confirm: proposed by another person, about another person."""
    me = attore.operatore.utente_id
    return proposed(attore).exclude(proposto_da__utente=me).exclude(legame__utente=me)


@transaction.atomic
def ripristini(attore: Attore) -> Ripristini:
    found = list(for_me(attore).select_related("legame__utente", "legame__ente", "proposto_da__utente"))
    mine = proposed(attore).filter(proposto_da__utente=attore.operatore.utente_id)
    told = Dettaglio(finalita="elenco", risultati=len(found))
    record(attore, Azione.CONFERMARE_RIPRISTINO, dettaglio=told)
    return Ripristini(found, list(mine.select_related("legame__utente", "legame__ente")))


def ripristino(attore: Attore, pk: UUID) -> Ripristino:
    """Raises Assente: none, run out, one's own, another network's."""
    rows = for_me(attore).select_related("legame__utente", "legame__ente", "proposto_da__utente")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Assente
    return found
