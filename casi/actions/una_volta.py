"""A form sent twice is carried out once (security.md §3, Concurrency rules)."""

from collections.abc import Callable
from uuid import UUID

from django.db import OperationalError, connection, transaction

from casi.attore import Attore
from casi.errori import Vietato
from casi.models import Operazione

RIPROVE = 3  # security.md §3
PASSEGGERI = ("40001", "40P01")  # PostgreSQL's serialization_failure and deadlock_detected


def once(chiave: UUID, do: Callable[[], str], *, by: Attore | None) -> str:
    """Run `do` for the first request that carries `chiave`; answer its address to that one and to every later one.

    A second request waits for the first. Raises what `do` raises, and then nothing was done: so what the database only
    stopped because of somebody else's act of that moment is done from the start again, three times at most: `do` reads
    nothing that can be read only once. Raises Vietato for the key of somebody else's form.
    """
    tried = 0
    while True:
        try:
            return _once(chiave, do, by)
        except OperationalError as error:
            tried += 1
            passing = getattr(error.__cause__, "sqlstate", None) in PASSEGGERI
            if tried > RIPROVE or not passing or connection.in_atomic_block:  # within more than this nothing is undone
                raise


@transaction.atomic
def _once(chiave: UUID, do: Callable[[], str], by: Attore | None) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 7236177))", [str(chiave)])
    who = by.operatore if by else None
    done = Operazione.objects.filter(pk=chiave).first()
    if done is None:
        done = Operazione(chiave=chiave, operatore=who, destinazione=do())
        done.save(force_insert=True)
    if done.operatore_id != (who.pk if who else None):
        raise Vietato
    return done.destinazione


def done_before(chiave: str, *, by: Attore) -> str:
    """Where the actor's form with this key has led; empty if it was not carried out yet.

    Asked before the page is opened: what a step leaves behind is often no page any more (a case given away).
    """
    try:
        done = Operazione.objects.filter(pk=UUID(chiave), operatore=by.operatore).first()
    except ValueError:
        return ""
    return done.destinazione if done else ""
