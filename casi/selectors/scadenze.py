"""Admissions that end, or have ended, without anybody taking them away."""

from datetime import date, timedelta
from functools import reduce
from operator import or_

from django.db.models import Exists, OuterRef, Q, QuerySet

from casi import policies
from casi.attore import Attore
from casi.models import CON_ALTRI_ENTI, Ammissione, Incarico, Parte
from casi.reti import estranei, in_network
from casi.selectors.condivisione import in_rete_con

SOON, LATELY = 30, 7  # days


def ended_by_themselves(today: date) -> QuerySet[Ammissione]:
    """Past their last day, or of a body that is not in the network today: its adhesion or its privacy deed is over."""
    over = Q(al__lt=today) | ~in_network("ente") | _of_another_network()
    return _standing().filter(over, dal__lte=today)


def count_again(today: date) -> QuerySet[Ammissione]:
    """Told as ended, and in force again: the body is back in the network."""
    back = _standing().filter(Q(al__isnull=True) | Q(al__gte=today), dal__lte=today, fine_detta=True)
    return back.filter(~_of_another_network(), in_network("ente"))


def in_scadenza(attore: Attore, today: date) -> list[Ammissione]:
    """Of the cases the actor answers for: those that end within SOON days or ended within LATELY, not renewed; and
    those that count no more because of the body."""
    mine = Incarico.objects.in_force(today).filter(
        caso=OuterRef("caso"), operatore=attore.operatore.pk, parte=Parte.RESPONSABILE
    )
    later = Ammissione.objects.filter(
        Q(al__isnull=True) | Q(al__gt=OuterRef("al")), caso=OuterRef("caso"), ente=OuterRef("ente"), tolta_il=None
    )
    ending = Q(al__gte=today - timedelta(days=LATELY), al__lte=today + timedelta(days=SOON))
    ends = Q(al__isnull=False)  # else PostgreSQL looks for a later one to each that has no last day
    by_date = ends & ending & ~Exists(later)
    by_body = (Q(al__isnull=True) | Q(al__gte=today)) & Q(dal__lte=today, fuori_rete=True)
    found = _standing().filter(Exists(mine), caso__in=policies.visible_to(attore).order_by().values("pk"))
    found = found.annotate(fuori_rete=~in_rete_con(attore, "ente")).filter(by_date | by_body)
    return list(found.select_related("caso", "ente").order_by("al", "pk"))


def _of_another_network() -> Q:
    """Of a body in the network of others now, and no more in the holder's."""
    holders = _standing().order_by().values_list("caso__ente_titolare", flat=True).distinct()
    apart = (Q(caso__ente_titolare=each, ente__in=estranei(each)) for each in holders)
    return reduce(or_, apart, Q(pk__in=[]))


def _standing() -> QuerySet[Ammissione]:
    return Ammissione.objects.filter(tolta_il__isnull=True, caso__stato__in=CON_ALTRI_ENTI)
