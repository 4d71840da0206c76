"""How many wrong codes of a second factor an account is given, in all processes together.

Allauth counts them in the memory of one process: with four of them, four times as many.
"""

from datetime import timedelta

from django.utils import timezone

from .models import TentativoDiCodice, Utente

QUANTI, ENTRO = 10, timedelta(minutes=15)


def begin(utente: Utente) -> bool:
    """Whether one more code may be tried; written down before it is looked at, so that many at once are all counted.

    Who is told to wait adds nothing: the wait does not grow with the asking.
    """
    mine = TentativoDiCodice.objects.filter(utente=utente)
    mine.filter(quando__lte=timezone.now() - ENTRO).delete()
    row = TentativoDiCodice.objects.create(utente=utente)
    if mine.count() <= QUANTI:
        return True
    row.delete()
    return False


def forget(utente: Utente) -> None:
    """After a right one."""
    TentativoDiCodice.objects.filter(utente=utente).delete()
