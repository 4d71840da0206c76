"""Loading the demo of the reserved area, all or nothing."""

from collections.abc import Iterator

from django.db import transaction
from django.utils.translation import gettext as _

from casi.errori import Impossibile
from casi.models import Caso, PrimoAscolto

from . import accessi, arrivi, composte, percorso, persone, registro, scarti, scritti
from .lettura import key, storie
from .rete import Rete
from .righe import Righe
from .scena import Scena


def carica() -> Iterator[tuple[str, int]]:
    """Yields each part with how many of it were added; what is there is left as it is. Raises Impossibile."""
    told = [*storie(), *composte.storie()]
    ours = {key("caso", storia["chiave"]) for storia in told}
    there = set(Caso.objects.values_list("pk", flat=True))
    if there and not there & ours:
        raise Impossibile(_("In questa banca dati ci sono già casi veri: i casi inventati non si mescolano a loro."))
    with transaction.atomic():
        rete, righe = Rete(), Righe()
        yield "Accordi, adesioni, operatori", rete.carica()
        missing = [storia for storia in told if key("caso", storia["chiave"]) not in there]
        for storia in missing:
            _household(storia, rete, righe)
        if not PrimoAscolto.objects.filter(pk=key("ascolto", "attesa 0")).exists():
            arrivi.in_attesa(rete, righe)
            scarti.di(rete, righe)
        righe.save()
        yield "Casi inventati", len(missing)
        yield "Righe del registro", registro.scrivi(righe, rete)


def _household(storia: dict, rete: Rete, righe: Righe) -> None:
    nucleo = persone.nucleo(storia, rete, righe)
    caso = percorso.caso(storia, nucleo, rete, righe)
    arrivi.di(caso, storia, rete, righe)
    scena = Scena(storia, caso, rete, righe)
    scritti.di(scena)
    accessi.di(scena)
