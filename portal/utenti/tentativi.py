"""How many wrong passwords and codes of a second factor an account is given, in all processes together.

Allauth counts them in the memory of one process: with four of them, four times as many.
"""

from datetime import datetime, timedelta
from typing import TypeVar

from allauth.account.signals import password_reset
from django.dispatch import receiver
from django.utils import timezone
from django.utils.crypto import salted_hmac

from .lavori import tell_of_tries
from .models import TentativoDiCodice, TentativoDiPassword, Utente

Tentativo = TypeVar("Tentativo", TentativoDiCodice, TentativoDiPassword)
QUANTI, ENTRO = 10, timedelta(minutes=15)
PASSWORD_SBAGLIATE = 20  # from all addresses together; from one of them django-axes takes fewer
AVVISO = 5  # wrong passwords after which the person is told, once


def begin(utente: Utente) -> bool:
    """Whether one more code may be tried; written down before it is looked at, so that many at once are all counted.

    Who is told to wait adds nothing: the wait does not grow with the asking.
    """
    TentativoDiCodice.objects.filter(utente=utente, quando__lte=_over()).delete()
    row = _within(QUANTI, TentativoDiCodice.objects.create(utente=utente), utente=utente)
    if row and TentativoDiCodice.objects.filter(utente=utente).count() == QUANTI:
        tell_of_tries.enqueue(utente.pk)  # the password is known to whoever tries, and no more codes are taken
    return row is not None


def forget(utente: Utente) -> None:
    """After a right one."""
    TentativoDiCodice.objects.filter(utente=utente).delete()


def begin_password(name: str) -> TentativoDiPassword | None:
    """The same of a password, under a name that somebody may have or not: the row, to be taken away if it is right."""
    TentativoDiPassword.objects.filter(quando__lte=_over()).delete()
    row = TentativoDiPassword.objects.create(nome=_digest(name))
    return _within(PASSWORD_SBAGLIATE, row, nome=row.nome)


def was_wrong(attempt: TentativoDiPassword, name: str) -> None:
    """Told to whose name it is, at the fifth: the same work is done for a name of nobody."""
    if TentativoDiPassword.objects.filter(nome=attempt.nome).count() == AVVISO:
        found = Utente.objects.filter(username=name).values_list("pk", flat=True).first()
        tell_of_tries.enqueue(found or 0)


@receiver(password_reset)
def forget_passwords(user: Utente, **kwargs: object) -> None:
    """Who has proved that the mailbox is his need not wait for what others tried."""
    TentativoDiPassword.objects.filter(nome=_digest(user.username)).delete()


def _over() -> datetime:
    return timezone.now() - ENTRO


def _within(most: int, row: Tentativo, **alike: object) -> Tentativo | None:
    """The row, unless with it there are more than `most` of `alike`: then it is taken away."""
    if type(row)._default_manager.filter(**alike).count() <= most:
        return row
    row.delete()
    return None


def _digest(name: str) -> str:
    return salted_hmac("tessere.utenti.tentativi", name, algorithm="sha256").hexdigest()
