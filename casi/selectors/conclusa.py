"""What a case still waits for before it can go on: an assessment that is done, a household that was told."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from casi.models import Passaggio, PresaInCarico, Valutazione
from casi.percorso import Passo


def valutazione_conclusa(caso: Any) -> Exists:
    """One was concluded, and since the case was last reopened."""
    again = Passaggio.objects.filter(caso=OuterRef("caso"), passo=Passo.RIAPRE).order_by("-quando", "pk")
    rows = Valutazione.objects.filter(caso=caso, conclusa_il__isnull=False)
    since_then = rows.annotate(da_capo=Subquery(again.values("quando")[:1]))
    return Exists(since_then.filter(Q(da_capo__isnull=True) | Q(conclusa_il__gt=F("da_capo"))))


def da_avvisare(caso: Any) -> QuerySet[PresaInCarico]:
    """The assumption of responsibility for the case of which the household has not been told yet."""
    held = PresaInCarico.objects.filter(caso=caso, accettata_il__isnull=False, conclusa_il__isnull=True)
    return held.filter(avviso_alla_famiglia_il__isnull=True).order_by("pk")


def che_cosa_manca() -> dict[str, Any]:
    """Both, as annotations of cases: `valutata`, and since when the household waits to be told (`da_avvisare`)."""
    here = OuterRef("pk")
    return {
        "valutata": valutazione_conclusa(here),
        "da_avvisare": Subquery(da_avvisare(here).values("accettata_il")[:1]),
    }
