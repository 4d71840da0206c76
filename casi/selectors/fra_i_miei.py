"""Looking for a case by number or name among those one follows: nothing is told that the list does not tell already."""

from collections import defaultdict
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.models import Caso, Componente
from casi.parole import normalized
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.casi import PAGE, RECENTI, Elenco, Filtri, narrowed, righe, summarised

NESSUN_FILTRO = Filtri()


@transaction.atomic
def fra_i_miei(attore: Attore, cercato: str, filtri: Filtri = NESSUN_FILTRO) -> Elenco:
    """The first page of the cases the actor may list, narrowed by `filtri`, whose number or names begin so; which ones
    is in the register."""
    visible = policies.visible_to(attore)
    some = looked_for(attore, visible.filter(narrowed(filtri, visible)).order_by(*RECENTI), cercato)
    shown = some[:PAGE]
    record(attore, Azione.ELENCARE_CASI, casi=shown, dettaglio=Dettaglio(risultati=len(shown)))
    return Elenco(
        righe(summarised(attore, shown).order_by(*RECENTI)), altri=len(some) > PAGE, filtri=filtri, cercato=cercato
    )


def looked_for(attore: Attore, found: QuerySet[Caso], cercato: str) -> list[UUID]:
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
