"""The people of a case: its household over time, those close to it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone

from casi.attore import Attore
from casi.models import Caso, Componente, LegameSociale, Persona, Residenza
from casi.registro import Dettaglio
from casi.ruoli import Azione
from casi.selectors.casi import Aperto, open_caso, open_parte


@dataclass(frozen=True)
class Famiglia:
    """`presenti`: members today. `usciti`: who was one, or will be. `legami`: who matters without living there."""

    presenti: list[Componente]
    usciti: list[Componente]
    legami: list[LegameSociale]


def open_famiglia(attore: Attore, pk: UUID) -> tuple[Aperto, Famiglia]:
    """The case with its people. Raises Assente for absent and forbidden alike."""
    aperto = open_caso(attore, pk, Azione.VEDERE_PERSONE)
    today = timezone.localdate()
    homes = Prefetch("persona__residenze", Residenza.objects.select_related("comune").order_by("-dal", "pk"))
    members = Componente.objects.filter(nucleo=aperto.caso.nucleo_id).select_related("persona").prefetch_related(homes)
    presenti: list[Componente] = []
    usciti: list[Componente] = []
    for each in members.order_by("dal", "pk"):
        here = each.dal <= today and (each.al is None or each.al >= today)
        (presenti if here else usciti).append(each)
    return aperto, Famiglia(presenti, usciti, list(LegameSociale.objects.filter(nucleo=aperto.caso.nucleo_id)))


def open_persona(attore: Attore, pk: UUID, persona: UUID, azione: Azione) -> tuple[Aperto, Persona]:
    """A person of the household of this very case, opened for `azione`. Raises Assente, also for somebody else's."""
    people = Persona.objects.filter(appartenenze__nucleo__casi=pk, pk=persona).distinct()
    return open_parte(attore, pk, azione, lambda _caso: people.first(), Dettaglio(Persona(pk=persona)))


def open_legame(attore: Attore, pk: UUID, legame: UUID) -> tuple[Aperto, LegameSociale]:
    ties = LegameSociale.objects.filter(nucleo__casi=pk, pk=legame)
    about = Dettaglio(LegameSociale(pk=legame))
    return open_parte(attore, pk, Azione.MODIFICARE_PERSONE, lambda _caso: ties.first(), about)


def is_member(caso: Caso, persona: UUID) -> bool:
    """Whether the person is in the household with no end in sight."""
    return Componente.objects.filter(nucleo=caso.nucleo_id, persona=persona, al=None).exists()
