"""Counting months, as terms of law do: to the same day, or to the last one of a shorter month."""

from calendar import monthrange
from datetime import date, timedelta


def months_before(day: date, months: int) -> date:
    """The same day `months` earlier: 31 May minus three is the last day of February. What is older is over."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_after(day: date, months: int) -> date:
    """The same day `months` later, counted alike."""
    return months_before(day, -months)


def last_day_of(start: date, months: int) -> date:
    """The last day of so many whole months from `start`; of a start beyond any calendar, a day long before it."""
    return months_after(min(start, date(9000, 1, 1)), months) - timedelta(days=1)
