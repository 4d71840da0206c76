"""Whether a disposal list has somebody to decide on it: who proposed it is told where it has none."""

from django.utils import timezone

from casi.attore import from_server
from casi.models import Scarto
from casi.reti import in_network
from casi.ruoli import RUOLI, Azione
from casi.selectors.conservazione import reach
from catalogo.models import Accordo, Operatore

APPROVANO = [ruolo for ruolo, cosa in RUOLI.items() if Azione.APPROVARE_SCARTO in cosa.azioni]


def nobody_approves(scarto: Scarto) -> bool:
    """Whether the list is open, and of who coordinates today nobody but who proposed it may know all that is on it."""
    today, same = timezone.localdate(), Scarto.objects.filter(pk=scarto.pk)
    leading = Accordo.objects.in_force(today).values("capofila")
    people = Operatore.objects.acting(today).filter(in_network("ente"), ente__in=leading, ruolo__in=APPROVANO)
    others = people.exclude(utente=scarto.proposto_da.utente_id).select_related("ente").order_by("pk")
    within = (same.filter(reach(from_server(each), Azione.APPROVARE_SCARTO)) for each in others)
    return not scarto.chiuso and not any(rows.exists() for rows in within)
