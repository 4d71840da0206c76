"""When a day begins, here; and working days, for what was promised within so many of them."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

# National holidays on a fixed day. Easter Monday moves and the patron saint differs: a promise there is a day short.
FESTE = frozenset({(1, 1), (1, 6), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25), (12, 26)})
SATURDAY = 5


def start_of(day: date) -> datetime:
    """The first moment of `day`, in Italy."""
    return timezone.make_aware(datetime.combine(day, time.min))


def working(day: date) -> bool:
    return day.weekday() < SATURDAY and (day.month, day.day) not in FESTE


def after_working_days(start: date, count: int) -> date:
    """The day on which `count` working days after `start` are over."""
    day = start
    while count > 0:
        day += timedelta(days=1)
        count -= working(day)
    return day
