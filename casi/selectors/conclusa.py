"""What a case still waits for before it can go on: an assessment that is done, a household that was told."""

from collections.abc import Mapping
from functools import cache

from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery

from casi.models import Passaggio, PresaInCarico, Valutazione
from casi.percorso import Passo
from casi.scritte import first_of, pointing


def valutazione_conclusa() -> Func:
    """Of a case: one was concluded, and since the case was last reopened."""
    again = Passaggio.objects.filter(caso=OuterRef("caso"), passo=Passo.RIAPRE).order_by("-quando", "pk")
    done = Valutazione.objects.filter(conclusa_il__isnull=False)
    since_then = done.annotate(da_capo=Subquery(again.values("quando")[:1]))
    return pointing(since_then.filter(Q(da_capo__isnull=True) | Q(conclusa_il__gt=F("da_capo"))), "caso", at="pk")


def da_avvisare() -> QuerySet[PresaInCarico]:
    """Whoever took up a case, and of whom the household has not been told yet."""
    held = PresaInCarico.objects.filter(accettata_il__isnull=False, conclusa_il__isnull=True)
    return held.filter(avviso_alla_famiglia_il__isnull=True).order_by("pk")


def da_accettare() -> QuerySet[PresaInCarico]:
    """What was proposed to somebody who has not answered yet."""
    return PresaInCarico.objects.filter(accettata_il=None, rifiutata_il=None, conclusa_il=None)


@cache
def che_cosa_manca() -> Mapping[str, Func]:
    """Both, as annotations of cases: `valutata`, and since when the household waits to be told (`da_avvisare`)."""
    told = first_of(da_avvisare(), "accettata_il", link="caso", at="pk")
    return {"valutata": valutazione_conclusa(), "da_avvisare": told}
