"""What a case still waits for before it can go on: an assessment that is done, a household that was told."""

from collections.abc import Mapping
from functools import lru_cache

from django.db.models import F, Func, OuterRef, Q, QuerySet, Subquery

from casi.models import Passaggio, PresaInCarico, Valutazione
from casi.models.limiti import is_hidden
from casi.percorso import Passo
from casi.scritte import first_of, pointing


def valutazione_conclusa(letta_da: int | None = None) -> Func:
    """Of a case: one was concluded, and since the case was last reopened.

    `letta_da`: the operator who is told, by his key: not of one that somebody has hidden from him. None for who assigns
    the case: he reads no assessment, and a case with one that is hidden is not to wait for ever.
    """
    again = Passaggio.objects.filter(caso=OuterRef("caso"), passo=Passo.RIAPRE).order_by("-quando", "pk")
    done = Valutazione.objects.filter(conclusa_il__isnull=False)
    if letta_da is not None:
        done = done.filter(~is_hidden("valutazione") | Q(autore=letta_da))
    since_then = done.annotate(da_capo=Subquery(again.values("quando")[:1]))
    return pointing(since_then.filter(Q(da_capo__isnull=True) | Q(conclusa_il__gt=F("da_capo"))), "caso", at="pk")


def da_avvisare() -> QuerySet[PresaInCarico]:
    """Whoever took up a case, and of whom the household has not been told yet."""
    held = PresaInCarico.objects.filter(accettata_il__isnull=False, conclusa_il__isnull=True)
    return held.filter(avviso_alla_famiglia_il__isnull=True).order_by("pk")


def da_accettare() -> QuerySet[PresaInCarico]:
    """What was proposed to somebody who has not answered yet."""
    return PresaInCarico.objects.filter(accettata_il=None, rifiutata_il=None, conclusa_il=None)


@lru_cache(maxsize=500)
def che_cosa_manca(operatore: int) -> Mapping[str, Func]:
    """Both, as annotations of cases for who reads them: `valutata`, and since when the household waits to be told
    (`da_avvisare`)."""
    told = first_of(da_avvisare(), "accettata_il", link="caso", at="pk")
    return {"valutata": valutazione_conclusa(operatore), "da_avvisare": told}
