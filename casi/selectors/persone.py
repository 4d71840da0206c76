"""The people of a case: its household over time, those close to it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.utils import timezone

from casi.attore import Attore
from casi.models import Caso, Componente, LegameSociale, Persona, Residenza, RuoloNelNucleo
from casi.registro import Dettaglio
from casi.ruoli import Azione
from casi.selectors.casi import Aperto, open_caso, open_parte
from casi.selectors.nomi import di_riferimento


@dataclass(frozen=True)
class Famiglia:
    """`presenti`: members today. `usciti`: who was one, or will be. `legami`: who matters without living there.

    The person of each has her `dimore`, the homes to be shown; who has left has none of today, and no contacts: her
    record may be another household's by now, and she may have fled from this one. Each of `usciti` has
    `puo_rientrare`: she is nowhere else among the members, now or later.
    """

    presenti: list[Componente]
    usciti: list[Componente]
    legami: list[LegameSociale]

    @property
    def chiamata(self) -> str:
        """Whom the case is called by, where nobody of today is the person of reference; empty where somebody is."""
        head = di_riferimento(self.presenti)
        return head.persona.nominativo if head and head.ruolo != RuoloNelNucleo.RIFERIMENTO else ""


def open_famiglia(attore: Attore, pk: UUID) -> tuple[Aperto, Famiglia]:
    """The case with its people. Raises Assente for absent and forbidden alike."""
    aperto = open_caso(attore, pk, Azione.VEDERE_PERSONE)
    today = timezone.localdate()
    known = Residenza.objects.select_related("comune").order_by("-dal", "pk")
    homes = Prefetch("persona__residenze", known, to_attr="dimore")
    members = Componente.objects.filter(nucleo=aperto.caso.nucleo_id).select_related("persona").prefetch_related(homes)
    presenti: list[Componente] = []
    usciti: list[Componente] = []
    for each in members.order_by("dal", "pk"):
        here = each.dal <= today and (each.al is None or each.al >= today)
        (presenti if here else usciti).append(each)
        as_she_left(each)
    still = {each.persona_id for each in (*presenti, *usciti) if each.al is None or each.al >= today}
    for each in usciti:
        each.puo_rientrare = each.persona_id not in still  # type: ignore[attr-defined]
    return aperto, Famiglia(presenti, usciti, list(LegameSociale.objects.filter(nucleo=aperto.caso.nucleo_id)))


def ever_members(caso: Caso) -> list[Componente]:
    """Whoever has ever been of the household, once each: what is kept of who left is still about her."""
    found = Componente.objects.filter(nucleo=caso.nucleo_id).select_related("persona").order_by("dal", "pk")
    return list({each.persona_id: each for each in found}.values())


def has_left(componente: Componente) -> bool:
    return componente.al is not None and componente.al < timezone.localdate()


def as_she_left(componente: Componente) -> None:
    """Take from her record what came after her last day here, if that is over: for reading alone, with her `dimore`.

    A home that begins on that day is where she went.
    """
    persona, al = componente.persona, componente.al
    if al is None or not has_left(componente):
        return
    persona.telefono = persona.email = persona.contatto_sicuro = ""
    persona.senza_dimora = False
    persona.dimore = [each for each in persona.dimore if each.dal < al]  # type: ignore[attr-defined]


def open_persona(
    attore: Attore, pk: UUID, persona: UUID, azione: Azione, *, serve: Callable[[Persona], object] = bool
) -> tuple[Aperto, Persona]:
    """A person of the household of this very case, opened for `azione`. Raises Assente, also for somebody else's, and
    for one of whom what the page is about is not there: `serve` says so."""
    people = Persona.objects.filter(appartenenze__nucleo__casi=pk, pk=persona).distinct()

    def find(_caso: Caso) -> Persona | None:
        found = people.first()
        return found if found and serve(found) else None

    return open_parte(attore, pk, azione, find, Dettaglio(Persona(pk=persona)))


def open_componente(attore: Attore, pk: UUID, persona: UUID, azione: Azione) -> tuple[Aperto, Persona]:
    """As `open_persona`, of who has not left the household: her record as it is today. Raises Assente."""
    people = Persona.objects.filter(pk__in=_not_left(pk, persona))
    return open_parte(attore, pk, azione, lambda _caso: people.first(), Dettaglio(Persona(pk=persona)))


def _not_left(pk: UUID, persona: UUID) -> QuerySet[Any]:
    not_over = Q(al=None) | Q(al__gte=timezone.localdate())
    return Componente.objects.filter(not_over, nucleo__casi=pk, persona=persona).order_by().values("persona")


def open_residenza(attore: Attore, pk: UUID, persona: UUID, residenza: UUID) -> tuple[Aperto, Residenza]:
    """Where somebody of this very case lives, or has lived. Raises Assente."""
    theirs = Residenza.objects.filter(persona__in=_not_left(pk, persona), pk=residenza).select_related("persona")
    about = Dettaglio(Residenza(pk=residenza))
    return open_parte(attore, pk, Azione.MODIFICARE_PERSONE, lambda _caso: theirs.first(), about)


def open_uscita(attore: Attore, pk: UUID, persona: UUID, componente: int) -> tuple[Aperto, Componente]:
    """A membership of this very household that is over. Raises Assente."""
    over = usciti(pk, persona).filter(pk=componente).select_related("persona")
    about = Dettaglio(Persona(pk=persona))
    return open_parte(attore, pk, Azione.MODIFICARE_PERSONE, lambda _caso: over.first(), about)


def usciti(caso: UUID, persona: UUID) -> QuerySet[Componente]:
    """The memberships of `persona` in the household of `caso` that are over."""
    return Componente.objects.filter(nucleo__casi=caso, persona=persona, al__lt=timezone.localdate())


def open_legame(attore: Attore, pk: UUID, legame: UUID) -> tuple[Aperto, LegameSociale]:
    ties = LegameSociale.objects.filter(nucleo__casi=pk, pk=legame)
    about = Dettaglio(LegameSociale(pk=legame))
    return open_parte(attore, pk, Azione.MODIFICARE_PERSONE, lambda _caso: ties.first(), about)


def appartenenza(caso: Caso, persona: UUID) -> Componente | None:
    """The membership that is not over: with no end, or with one still to come. None for who has left."""
    open_ones = Componente.objects.filter(Q(al__isnull=True) | Q(al__gte=timezone.localdate()))
    return open_ones.filter(nucleo=caso.nucleo_id, persona=persona).order_by("-dal", "pk").first()
