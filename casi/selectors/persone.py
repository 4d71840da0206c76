"""The people of a case: its household over time, those close to it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q
from django.utils import timezone

from casi.attore import Attore
from casi.errori import Assente
from casi.models import Caso, Componente, LegameSociale, Persona, Residenza
from casi.registro import Dettaglio
from casi.ruoli import Azione
from casi.selectors.casi import Aperto, open_caso


@dataclass(frozen=True)
class Famiglia:
    """`presenti`: members today. `usciti`: who was one, or will be. `legami`: who matters without living there.

    Each of `usciti` has `puo_rientrare`: she is nowhere else among the members, now or later.
    """

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
    still = {each.persona_id for each in (*presenti, *usciti) if each.al is None or each.al >= today}
    for each in usciti:
        each.puo_rientrare = each.persona_id not in still  # type: ignore[attr-defined]
    return aperto, Famiglia(presenti, usciti, list(LegameSociale.objects.filter(nucleo=aperto.caso.nucleo_id)))


def open_persona(attore: Attore, pk: UUID, persona: UUID, azione: Azione) -> tuple[Aperto, Persona]:
    """A person of the household of this very case, opened for `azione`. Raises Assente, also for somebody else's."""
    found = Persona.objects.filter(appartenenze__nucleo__casi=pk, pk=persona).distinct().first()
    aperto = open_caso(attore, pk, azione, Dettaglio(found or Persona(pk=persona)))
    if found is None:
        raise Assente
    return aperto, found


def open_residenza(attore: Attore, pk: UUID, persona: UUID, residenza: UUID) -> tuple[Aperto, Residenza]:
    """Where somebody of this very case lives, or has lived. Raises Assente."""
    theirs = Residenza.objects.filter(persona__appartenenze__nucleo__casi=pk, persona=persona, pk=residenza)
    found = theirs.select_related("persona").distinct().first()
    aperto = open_caso(attore, pk, Azione.MODIFICARE_PERSONE, Dettaglio(found or Residenza(pk=residenza)))
    if found is None:
        raise Assente
    return aperto, found


def open_legame(attore: Attore, pk: UUID, legame: UUID) -> tuple[Aperto, LegameSociale]:
    found = LegameSociale.objects.filter(nucleo__casi=pk, pk=legame).first()
    aperto = open_caso(attore, pk, Azione.MODIFICARE_PERSONE, Dettaglio(found or LegameSociale(pk=legame)))
    if found is None:
        raise Assente
    return aperto, found


def appartenenza(caso: Caso, persona: UUID) -> Componente | None:
    """The membership that is not over: with no end, or with one still to come. None for who has left."""
    open_ones = Componente.objects.filter(Q(al__isnull=True) | Q(al__gte=timezone.localdate()))
    return open_ones.filter(nucleo=caso.nucleo_id, persona=persona).order_by("-dal", "pk").first()
