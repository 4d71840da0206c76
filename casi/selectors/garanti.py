"""Who watches over data protection for one case."""

from django.utils import timezone

from casi import policies
from casi.attore import from_server
from casi.models import Caso
from casi.reti import altrui
from catalogo.models import Operatore
from catalogo.models.operatore import RuoloOperatore


def garanti(caso: Caso) -> list[Operatore]:
    """The data protection officers who look at what happens on the case: the holder's, or else the network's; none that
    is in conflict over it."""
    working = Operatore.objects.acting(timezone.localdate()).filter(ruolo=RuoloOperatore.RESPONSABILE_PRIVACY)
    same = Caso.objects.filter(pk=caso.pk)
    every = working.select_related("utente", "ente").order_by("pk")
    found = [each for each in every if policies.known_to(from_server(each), same).exists()]
    return [each for each in found if each.ente_id == caso.ente_titolare_id] or [
        each for each in found if caso.ente_titolare_id not in altrui(each.ente_id)
    ]
