"""Who is on a case today and may be: one rule for whoever counts on somebody there, or chooses somebody to read."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from casi.models import Incarico, Incompatibilita, NominatoAlSigillo
from catalogo.models import Operatore


def at_work(caso: Any) -> QuerySet[Incarico]:
    """The assignments in force of who still works there, with no conflict on the case; on its seal or not: a name taken
    off a seal is nobody's leaving (decision 0017)."""
    today = timezone.localdate()
    conflict = Incompatibilita.objects.in_force(today).filter(
        caso=OuterRef("caso"), utente=OuterRef("operatore__utente")
    )
    standing = Incarico.objects.in_force(today).filter(caso=caso)
    return standing.filter(~Exists(conflict), operatore__in=Operatore.objects.acting(today))


def let_in(caso: Any) -> QuerySet[Incarico]:
    """Of those, whom the seal lets open the case, where it has one: nobody else may be chosen to read of it."""
    seal = NominatoAlSigillo.objects.in_force(timezone.localdate())
    named = seal.filter(caso=OuterRef("caso"), operatore=OuterRef("operatore"))
    return at_work(caso).filter(Q(caso__sigillato=False) | Exists(named))
