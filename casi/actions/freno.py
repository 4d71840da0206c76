"""Who floods the public forms is slowed down; whose machine it was is written nowhere."""

from datetime import datetime, timedelta
from ipaddress import ip_address, ip_network

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext

from casi.crypto import blind_index
from casi.errori import Troppi
from casi.models import Freno

OGNI_ORA = 10
# What one household is given by its provider.
PREFIX = {4: 32, 6: 64}


@transaction.atomic
def slow_down(indirizzo: str) -> None:
    """Count one more form from `indirizzo` in this hour. Raises Troppi over OGNI_ORA."""
    now = timezone.now()
    hour = now.replace(minute=0, second=0, microsecond=0)
    Freno.objects.filter(ora__lt=now - timedelta(hours=1)).delete()
    freno, _new = Freno.objects.get_or_create(impronta=_digest(indirizzo, hour), defaults={"ora": hour})
    Freno.objects.filter(pk=freno.pk).update(quanti=F("quanti") + 1)
    freno.refresh_from_db()
    if freno.quanti > OGNI_ORA:
        raise Troppi(gettext("Da qui sono arrivati molti moduli in poco tempo. Riprova fra un'ora, oppure chiama."))


def _digest(indirizzo: str, hour: datetime) -> str:
    """Differs from hour to hour, so that two hours of one machine cannot be joined."""
    address = ip_address(indirizzo)
    plain = getattr(address, "ipv4_mapped", None) or address  # as a socket for both writes it
    network = ip_network((plain, PREFIX[plain.version]), strict=False)
    return blind_index(str(network), scopo=f"freno:{hour.isoformat()}")
