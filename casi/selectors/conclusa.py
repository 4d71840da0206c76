"""Whether the assessment of a case is done, which is known also to who reads no word of it."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, Subquery

from casi.models import Passaggio, Valutazione
from casi.percorso import Passo


def valutazione_conclusa(caso: Any) -> Exists:
    """One was concluded, and since the case was last reopened."""
    again = Passaggio.objects.filter(caso=OuterRef("caso"), passo=Passo.RIAPRE).order_by("-quando", "pk")
    rows = Valutazione.objects.filter(caso=caso, conclusa_il__isnull=False)
    since_then = rows.annotate(da_capo=Subquery(again.values("quando")[:1]))
    return Exists(since_then.filter(Q(da_capo__isnull=True) | Q(conclusa_il__gt=F("da_capo"))))
