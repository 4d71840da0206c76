"""Whether anybody at a body may listen: where nobody may, who asks for help there is read, and never heard."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef
from django.utils import timezone

from casi.ruoli import RUOLI, Azione
from casi.selectors.pubblico import RICEVONO
from catalogo.models import Accordo, Ente, Operatore

ASCOLTANO = [ruolo for ruolo, cosa in RUOLI.items() if Azione.SCRIVERE_ASCOLTO in cosa.azioni]


def senza_ascolto(enti: Collection[int]) -> set[int]:
    """Of these bodies, where something arrives and nobody may listen today: what arrives goes where somebody reads it
    (`pubblico.ente_per`), and in any case where a network is led from."""
    today, here = timezone.localdate(), OuterRef("pk")
    working = Operatore.objects.acting(today).filter(ente=here)
    leads = Accordo.objects.in_force(today).filter(capofila=here)
    reached = Exists(working.filter(ruolo__in=RICEVONO)) | Exists(leads)
    found = Ente.objects.filter(reached, ~Exists(working.filter(ruolo__in=ASCOLTANO)), pk__in=enti)
    return set(found.values_list("pk", flat=True))
