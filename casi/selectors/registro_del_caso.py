"""The lines of the register that the person of a case may ask about."""

from uuid import UUID

from django.db.models import Q, QuerySet

from casi.models import Esito, Interlocutore, PrimoAscolto, Registro, Richiesta
from casi.registro import DI_NASCOSTI, about
from casi.selectors.da_informare import dicibili, senza_taciute


def shown_lines(pk: UUID) -> QuerySet[Registro]:
    """Of the case, and of what it came from before there was one. Who was refused saw nothing, and is not told; nor is
    what would tell whoever reads it that something of the case is hidden."""
    lines = Registro.objects.filter(Q(casi__contains=[pk]) | about(_origins(pk)), esito=Esito.CONSENTITO)
    return lines.exclude(DI_NASCOSTI)


def _origins(pk: UUID) -> list[UUID]:
    """Keys of what the case came from, in one question; none of an alert she is not to know of, nor of what others said
    of it."""
    hers = PrimoAscolto.objects.filter(interlocutore=Interlocutore.PERSONA)
    rows = (Richiesta.objects.all(), dicibili(), senza_taciute(PrimoAscolto.objects.all()), hers)
    first, *others = (each.filter(caso=pk).order_by().values_list("pk") for each in rows)
    return [key for (key,) in first.union(*others)]
