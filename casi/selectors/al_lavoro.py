"""Who is on a case today and may be: one rule for whoever counts on somebody there."""

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from casi.models import Incarico, Incompatibilita
from catalogo.models import Operatore


def at_work(caso: Any) -> QuerySet[Incarico]:
    """The assignments in force of who still works there, with no conflict on the case."""
    today = timezone.localdate()
    conflict = Incompatibilita.objects.in_force(today).filter(
        caso=OuterRef("caso"), utente=OuterRef("operatore__utente")
    )
    standing = Incarico.objects.in_force(today).filter(caso=caso)
    return standing.filter(~Exists(conflict), operatore__in=Operatore.objects.acting(today))
