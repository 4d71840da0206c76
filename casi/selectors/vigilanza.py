"""How far a privacy officer looks, on a server where other networks live too. A network is named by its lead body."""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from casi.selectors.accredito import open_under
from catalogo.models import Accordo, Adesione, Ente

Reti = dict[int, set[int]]  # body: the networks that run it


def altrui(ente: int) -> frozenset[int]:
    """The bodies that no network of `ente` runs: neither their acts nor their cases are watched from there. None where
    there is one network.

    A body counts for who runs it today, as for who accredits; one that has left, for who ran it, or runs that one now.
    """
    if len(set(_leads(Accordo.objects.all()))) < 2:
        return frozenset()
    mine, now = _networks_of(ente), _today()
    known = {
        body: now.get(body) or set().union(*(now.get(lead, {lead}) for lead in leads))
        for body, leads in _ever().items()
    }
    watched = [body for body, leads in known.items() if mine & leads]
    return frozenset(Ente.objects.order_by().exclude(pk__in=watched).values_list("pk", flat=True))


def _networks_of(ente: int) -> set[int]:
    """Those it acts in today."""
    today = timezone.localdate()
    joined = Adesione.objects.in_force(today).filter(ente=ente)
    return _leading(Accordo.objects.in_force(today).filter(capofila=ente), _signed(joined)).get(ente, set())


def _today() -> Reti:
    in_force = Accordo.objects.in_force(timezone.localdate())
    return _leading(in_force, _signed(open_under(in_force)))


def _ever() -> Reti:
    found = _signed(Adesione.objects.all())
    for lead in _leads(Accordo.objects.all()):
        found[lead].add(lead)
    return found


def _leading(accordi: QuerySet[Accordo], reti: Reti) -> Reti:
    """A body that leads a network is run by no other."""
    return reti | {lead: {lead} for lead in _leads(accordi)}


def _signed(adesioni: QuerySet[Adesione]) -> Reti:
    found: Reti = defaultdict(set)
    for ente, lead in adesioni.order_by().values_list("ente", "accordo__capofila").distinct():
        found[ente].add(lead)
    return found


def _leads(accordi: QuerySet[Accordo]) -> Iterable[int]:
    return accordi.order_by().values_list("capofila", flat=True).distinct()
