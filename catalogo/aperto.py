"""Which services are known to be open at an instant.

The one place that reads hours. So far they are text, except the weekly activities of Civic Centers and the nights of
shelters: hours as rows of every service will widen `aperto_fino`, and nothing that uses it.
"""

from datetime import datetime, time

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, TimeField, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from catalogo.models import AttivitaSettimanale


def aperto_fino(at: datetime | None = None) -> Case:
    """SQL for rows of ServizioPage: the time at which one that is open at `at` (default: now) closes, else null.

    Null means that nobody can say, never that it is closed. Something is said only of an active sheet that is not to
    be verified, and of times that hold the whole year. Times are those of the clock on the wall: no offset counts.
    """
    here = timezone.localtime(at, timezone.get_default_timezone())
    known = Coalesce(_by_night(here.time()), _by_activity(here.isoweekday(), here.time()))
    return Case(When(stato="attivo", da_verificare=False, then=known), default=None, output_field=TimeField())


def _by_night(now: time) -> Case:
    """One enters from `ingresso_dalle` up to `uscita_entro`, mostly of the next morning."""
    entry, exit_ = "alloggiopage__ingresso_dalle", "alloggiopage__uscita_entro"
    entered, not_out = Q(**{f"{entry}__lte": now}), Q(**{f"{exit_}__gt": now})
    same_day = Q(**{f"{entry}__lt": F(exit_)}) & entered & not_out
    over_midnight = Q(**{f"{entry}__gt": F(exit_)}) & (entered | not_out)
    return Case(When(same_day | over_midnight, then=F(exit_)), default=None, output_field=TimeField())


def _by_activity(weekday: int, now: time) -> Case:
    """Open during an activity, until the end of the last of those that follow without a pause."""
    today = AttivitaSettimanale.objects.filter(pagina=OuterRef("pk"), pagina__stagione="", giorno=weekday).order_by()
    goes_on = AttivitaSettimanale.objects.filter(
        pagina=OuterRef("pagina"), giorno=weekday, dalle__lte=OuterRef("alle"), alle__gt=OuterRef("alle")
    )
    ends = today.filter(~Exists(goes_on), alle__gt=now).order_by("alle").values("alle")[:1]
    return Case(
        When(Exists(today.filter(dalle__lte=now, alle__gt=now)), then=Subquery(ends)),
        default=Value(None),
        output_field=TimeField(),
    )
