"""Erasing: a case with all that is in it, a request, a conversation. The register stays, whole, with opaque ids."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from casi import storage
from casi.models import (
    Allegato,
    Bozza,
    Caso,
    Fusione,
    Nucleo,
    Persona,
    PrimoAscolto,
    Richiesta,
    Segnalazione,
    VoceDiario,
)


def erase_case(pk: UUID) -> None:
    """The case, what came before it, its household if no other case has it, and whoever was in no other household."""
    caso = Caso.objects.select_for_update().get(pk=pk)
    nucleo = Nucleo.objects.select_for_update().filter(casi=caso).first()
    arrived = Q(caso=caso) | Q(richiesta__caso=caso) | Q(segnalazione__caso=caso)
    PrimoAscolto.objects.filter(arrived).delete()
    for model in (Richiesta, Segnalazione):
        model._default_manager.filter(caso=caso).delete()
    # A correction protects what it corrects: the last ones first.
    while VoceDiario.objects.filter(caso=caso, correzioni__isnull=True).delete()[0]:
        pass
    Bozza.objects.filter(oggetto=caso.pk).delete()
    for file in Allegato.objects.filter(caso=caso).values_list("pk", flat=True):
        transaction.on_commit(partial(storage.erase, file))
    caso.delete()
    if nucleo and not nucleo.casi.exists():
        erase_household(nucleo)


def erase_household(nucleo: Nucleo) -> None:
    people = set(nucleo.componenti.values_list("persona", flat=True))
    Bozza.objects.filter(oggetto=nucleo.pk).delete()
    nucleo.delete()
    for persona in Persona.objects.filter(pk__in=people, appartenenze__isnull=True):
        erase_person(persona)


def erase_person(persona: Persona) -> None:
    """With the records that were merged into hers."""
    Fusione.objects.filter(Q(tenuta=persona) | Q(fusa=persona)).delete()
    for merged in persona.fuse.all():
        erase_person(merged)
    Bozza.objects.filter(oggetto=persona.pk).delete()
    persona.delete()


ERASE: dict[str, Callable[[UUID], object]] = {
    "caso": erase_case,
    "richiesta": lambda pk: Richiesta.objects.filter(pk=pk).delete(),
    "segnalazione": lambda pk: Segnalazione.objects.filter(pk=pk).delete(),
    "primoascolto": lambda pk: PrimoAscolto.objects.filter(pk=pk).delete(),
}
