"""Days of the stories, counted back from the day of loading."""

from datetime import date, datetime, time, timedelta

from django.utils import timezone

from .lettura import number

SABATO = 5


def giorno(giorni_fa: int) -> date:
    """So many days ago; offices are shut at the weekend, so what is past happened on the Friday before."""
    day = timezone.localdate() - timedelta(days=giorni_fa)
    late = max(0, day.weekday() - SABATO + 1)
    return day - timedelta(days=late) if giorni_fa > 0 else day


def momento(giorni_fa: int, *parts: object) -> datetime:
    """Some minute of that day's office hours, never in the future."""
    minutes = 8 * 60 + 30 + number("minuto", giorni_fa, *parts) % (9 * 60)
    when = datetime.combine(giorno(giorni_fa), time(minutes // 60, minutes % 60))
    return min(timezone.make_aware(when), timezone.now())


def alle(giorni_fa: int, ora: int) -> datetime:
    """That day at that hour."""
    return timezone.make_aware(datetime.combine(giorno(giorni_fa), time(ora)))


def nascita(anni: int, *parts: object) -> date:
    """A birth date of who is `anni` years old today."""
    days = round(anni * 365.25) + 1 + number("nascita", *parts) % 363
    return timezone.localdate() - timedelta(days=days)
