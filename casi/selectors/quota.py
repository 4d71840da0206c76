"""How often somebody may ask today, counted on the register itself."""

from collections.abc import Iterable

from django.db import connection
from django.utils import timezone

from casi.attore import Attore
from casi.giorni import start_of
from casi.models import Esito, Registro
from casi.ruoli import Azione
from catalogo.models import Operatore

OLTRE = "oltre la quota"  # what is refused for it alone says so, where it says nothing else it was for


def within(attore: Attore, azione: Azione, quota: int, finalita: Iterable[str] = ()) -> bool:
    """Whether the person, under all his ties, has done `azione` fewer than `quota` times since midnight, Rome; with
    `finalita`, for one of those purposes.

    Inside the transaction that will record it: two requests of one person wait for each other.
    """
    utente = attore.operatore.utente_id
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7236178, %s)", [utente % 2**31])
    midnight = start_of(timezone.localdate())
    ties = Operatore.objects.filter(utente=utente).values("pk")
    done = Registro.objects.filter(operatore_id__in=ties, azione=azione, esito=Esito.CONSENTITO, quando__gte=midnight)
    counted = done.filter(finalita__in=list(finalita)) if finalita else done
    return counted.count() < quota
