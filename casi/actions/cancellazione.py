"""Erasing: a case with all that is in it, a request, a conversation. The register stays, whole, with opaque ids."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from casi import storage
from casi.models import (
    Allegato,
    Bozza,
    Caso,
    Fusione,
    Intervento,
    Nucleo,
    Persona,
    PrimoAscolto,
    Richiesta,
    Scarto,
    Segnalazione,
    VoceDiario,
)


def erase_case(pk: UUID) -> None:
    """The case, what came before it, its household if no other case has it, and whoever was in no other household."""
    caso = Caso.objects.select_for_update().get(pk=pk)
    nucleo = Nucleo.objects.select_for_update().filter(casi=caso).first()
    arrived = Q(caso=caso) | Q(richiesta__caso=caso) | Q(segnalazione__caso=caso)
    _erase_conversations(PrimoAscolto.objects.filter(arrived))
    for model in (Richiesta, Segnalazione):
        _erase(model._default_manager.filter(caso=caso))
    forget_drafts(VoceDiario.objects.filter(caso=caso))
    forget_drafts(Intervento.objects.filter(caso=caso))
    # A correction protects what it corrects: the last ones first.
    while VoceDiario.objects.filter(caso=caso, correzioni__isnull=True).delete()[0]:
        pass
    forget_drafts(Caso.objects.filter(pk=pk))
    forget_words(Caso.objects.filter(pk=pk))
    for file in Allegato.objects.filter(caso=caso).values_list("pk", flat=True):
        transaction.on_commit(partial(storage.erase, file))
    caso.delete()
    if nucleo and not nucleo.casi.exists():
        erase_household(nucleo)


def erase_household(nucleo: Nucleo) -> None:
    """With who had been put in it by mistake, and waits apart."""
    people = set(nucleo.componenti.values_list("persona", flat=True))
    apart = list(Nucleo.objects.filter(appartato_da__nucleo=nucleo))
    nucleo.delete()
    for each in apart:
        erase_household(each)
    for persona in Persona.objects.filter(pk__in=people, appartenenze__isnull=True):
        erase_person(persona)


def erase_person(persona: Persona) -> None:
    """With the records that were merged into hers."""
    Fusione.objects.filter(Q(tenuta=persona) | Q(fusa=persona)).delete()
    for merged in persona.fuse.all():
        erase_person(merged)
    forget_drafts(Persona.objects.filter(pk=persona.pk))
    persona.delete()


def forget_drafts(righe: QuerySet) -> None:
    """What somebody was typing about these rows: before they go, nothing ties the two but the key."""
    Bozza.objects.filter(oggetto__in=righe.order_by().values("pk")).delete()


def forget_words(righe: QuerySet) -> None:
    """Why a person wanted them erased tells of her as well: also where she was told no, and their time came later."""
    Scarto.objects.filter(voci__oggetto_id__in=righe.order_by().values("pk")).update(perche=None)


def _erase(righe: QuerySet) -> None:
    forget_drafts(righe)
    forget_words(righe)
    righe.delete()


def _erase_conversations(righe: QuerySet[PrimoAscolto]) -> None:
    """What follows one that goes stays until its own day, and follows nothing."""
    PrimoAscolto.objects.filter(seguito_di__in=list(righe)).update(seguito_di=None)
    _erase(righe)


ERASE: dict[str, Callable[[UUID], object]] = {
    "caso": erase_case,
    "richiesta": lambda pk: _erase(Richiesta.objects.filter(pk=pk)),
    "segnalazione": lambda pk: _erase(Segnalazione.objects.filter(pk=pk)),
    "primoascolto": lambda pk: _erase_conversations(PrimoAscolto.objects.filter(pk=pk)),
}
