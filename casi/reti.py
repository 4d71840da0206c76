"""How far a body's networks reach, on a server where other networks live too. A network is named by its lead body."""

from collections.abc import Callable
from datetime import date
from functools import cache, lru_cache

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from casi.scritte import ENTE, Scritta, pointing, written_out
from catalogo.models import Accordo, Adesione, Ente
from catalogo.models.accordo import StatoAdesione

APERTE = (StatoAdesione.RICHIESTA, StatoAdesione.SOTTOSCRITTA, StatoAdesione.SOSPESA)


def in_network(ente: str = "") -> Q:
    """Whether the body in `ente` (or a body itself) is active and in the network today: it leads an agreement, or its
    adhesion and its privacy deed are in force."""
    return Q((f"{ente}__attivo" if ente else "attivo", True)) & _adhering(ente or "pk", timezone.localdate())


@lru_cache(maxsize=50)
def _adhering(ente: str, today: date) -> Q:
    leads, adheres = Accordo.objects.in_force(today), Adesione.objects.in_force(today)
    return Q(pointing(leads, "capofila", ente)) | Q(pointing(adheres, "ente", ente))


def altrui(ente: int) -> frozenset[int]:
    """The bodies that no network of `ente` runs: neither their acts nor their cases are watched from there. None where
    there is one network.
    """
    return _but(ente, _run_with)


def estranei(ente: int) -> frozenset[int]:
    """Of those, the ones that have signed no agreement of `ente` either: it has nothing to do with their cases."""
    return _but(ente, _run_with, _signed_with)


@cache
def piu_reti() -> RawSQL:
    """Whether there is more than one, now or ever."""
    others = Accordo.objects.exclude(capofila=OuterRef("capofila"))
    return written_out(Accordo.objects.filter(Exists(others)).order_by())


def run_today() -> QuerySet[Adesione]:
    """By which a body is in a network, or is kept out of one for a while: who is in none has left for good."""
    return open_under(_running()).filter(ente__attivo=True)


def open_under(accordi: QuerySet[Accordo]) -> QuerySet[Adesione]:
    """Not given up, taken away nor run out: in force, to come, suspended, still without its privacy agreement."""
    not_over = Q(valida_al__isnull=True) | Q(valida_al__gte=timezone.localdate())
    return Adesione.objects.filter(not_over, accordo__in=accordi, stato__in=APERTE)


def once_signed() -> QuerySet[Adesione]:
    """Begun, under an agreement in force, whatever became of them: they say whose a body was that is in no network."""
    begun = Adesione.objects.filter(accordo__in=_running(), valida_dal__lte=timezone.localdate())
    return begun.exclude(stato=StatoAdesione.RICHIESTA)


def _but(ente: int, *ours: Callable[[int], QuerySet[Ente]]) -> frozenset[int]:
    return frozenset(row["id"] for row in _all_but(ours, timezone.localdate()).rows({ENTE: ente}))


@lru_cache(maxsize=50)
def _all_but(ours: tuple[Callable[[int], QuerySet[Ente]], ...], _today: date) -> Scritta:
    """Django's own SQL, made once a day: making it takes ten times as long as asking it (decision 0013)."""
    left = Ente.objects.order_by().filter(piu_reti())
    for each in ours:
        left = left.exclude(pk__in=each(ENTE).values("pk"))
    return Scritta.of(left.values("id"))


def _running() -> QuerySet[Accordo]:
    return Accordo.objects.in_force(timezone.localdate()).order_by()


def _joined(ente: int) -> Q:
    """Of an agreement: whether the body has signed it, and counts in it today."""
    return Q(Exists(Adesione.objects.in_force(timezone.localdate()).filter(accordo=OuterRef("pk"), ente=ente)))


def _signed_with(ente: int) -> QuerySet[Ente]:
    shared = _running().filter(Q(capofila=ente) | _joined(ente))
    adheres = Adesione.objects.in_force(timezone.localdate()).filter(accordo__in=shared, ente=OuterRef("pk"))
    return Ente.objects.order_by().filter(Q(pk__in=shared.values("capofila")) | Q(Exists(adheres)))


def _run_with(ente: int) -> QuerySet[Ente]:
    """A body counts for who runs it today; one that has left, for who ran it, or runs that one now. Who leads a network
    is run by no other.
    """
    running = _running()
    leads = Q(Exists(running.filter(capofila=ente)))
    mine = running.filter(Q(capofila=ente) | _joined(ente) & ~leads).values("capofila")

    def run(body: str) -> tuple[Q, Q]:
        """Whether somebody runs it today, and whether one of ours does."""
        leading = Q(Exists(running.filter(capofila=OuterRef(body))))
        signed = open_under(running).filter(ente=OuterRef(body))
        by_us = Q(**{f"{body}__in": mine}) | ~leading & Q(Exists(signed.filter(accordo__capofila__in=mine)))
        return leading | Q(Exists(signed)), by_us

    somebody, we = run("pk")
    before = Adesione.objects.filter(run("accordo__capofila")[1], ente=OuterRef("pk"))
    return Ente.objects.order_by().filter(we | ~somebody & Q(Exists(before)))
