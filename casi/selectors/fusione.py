"""Which records may be the same person as another, and in what the two differ."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casi import policies
from casi.attore import Attore
from casi.models import Caso, Componente, Fusione, Persona
from casi.registro import Dettaglio, record
from casi.ruoli import Azione

MOST = 50


@dataclass(frozen=True)
class Differenza:
    """A field with what each of the two records says, in words; empty where one says nothing."""

    campo: str
    resta: str
    altra: str


@transaction.atomic
def candidate(attore: Attore, persona: Persona) -> list[Persona]:
    """People of cases the actor may change who live with `persona` or are recognised by the same data.

    Without those of other households who are also of a case that is hidden from him, `known_elsewhere`: that there is
    one is not for him. Who lives with her is on her case's page: missing here, she would tell it.
    """
    casi = policies.visible_to(attore, Azione.FONDERE_PERSONE)
    like = Q(appartenenze__nucleo__componenti__persona=persona)
    for name in ("indice_cf", "indice_nome", "indice_suono"):
        if value := getattr(persona, name):
            like |= Q(**{name: value})
    found = Persona.objects.filter(like, appartenenze__nucleo__casi__in=casi, fusa_in=None).exclude(pk=persona.pk)
    alike = found.values_list("pk", flat=True).order_by("pk").distinct()
    told = Persona.objects.filter(pk__in=set(alike) - known_elsewhere(attore, persona.pk, alike))
    people = list(told.order_by("pk")[:MOST])
    compared = [persona.pk, *(each.pk for each in people)]
    touched = Caso.objects.filter(nucleo__componenti__persona__in=compared).distinct()  # also those he does not see
    dettaglio = Dettaglio(persona, risultati=len(people), finalita="candidate")
    record(attore, Azione.FONDERE_PERSONE, casi=touched.values_list("pk", flat=True), dettaglio=dettaglio)
    return people


def known_elsewhere(attore: Attore, persona: UUID, people: Iterable[UUID]) -> set[UUID]:
    """Who of `people` is, or was, of a household that a case sealed without the actor, or in conflict with him, has.

    Not who is, or was, of a household of `persona` that a case he may change has: that she cannot be merged is said as
    of who is of a case that only is not his.
    """
    theirs = Caso.objects.filter(nucleo__componenti__persona__in=list(people))
    hidden = theirs.exclude(pk__in=policies.known_to(attore, theirs).values("pk"))
    mine = policies.visible_to(attore, Azione.FONDERE_PERSONE).filter(nucleo__componenti__persona=persona)
    beside = Componente.objects.filter(nucleo__in=mine.values("nucleo"))
    return {*hidden.values_list("nucleo__componenti__persona", flat=True)} - {*beside.values_list("persona", flat=True)}


@transaction.atomic
def confronto(attore: Attore, tenuta: Persona, fusa: Persona) -> list[Differenza] | None:
    """The fields in which two of `candidate` differ; None where a case of either is not the actor's.

    He could not merge them, and what her record says today may be for another household to know.
    """
    theirs = Caso.objects.filter(nucleo__componenti__persona__in=(tenuta, fusa)).distinct()
    if theirs.exclude(pk__in=policies.visible_to(attore, Azione.FONDERE_PERSONE).values("pk")).exists():
        return None
    dettaglio = Dettaglio(fusa, finalita="confronta")
    record(attore, Azione.FONDERE_PERSONE, casi=theirs.values_list("pk", flat=True), dettaglio=dettaglio)
    written = [field for field in Persona._meta.concrete_fields if field.editable]
    pairs = ((field, getattr(tenuta, field.name), getattr(fusa, field.name)) for field in written)
    return [
        Differenza(str(field.verbose_name), _in_words(mine), _in_words(other))
        for field, mine, other in pairs
        if mine != other
    ]


def _in_words(value: Any) -> str:
    if isinstance(value, bool):
        return _("sì") if value else _("no")
    return date_format(value, "j F Y").lower() if isinstance(value, date) else str(value or "")


def merged_into(persona: UUID) -> Fusione | None:
    """The last merge into `persona` that can be undone."""
    in_force = Fusione.objects.filter(tenuta=persona, annullata_il=None)
    return in_force.select_related("fusa", "fatta_da__utente").order_by("-fatta_il").first()
