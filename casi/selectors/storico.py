"""What the records of a household, or a conversation, said before they were corrected: for who may correct them."""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casi.attore import Attore
from casi.models import (
    CON_STORIA,
    Caso,
    Componente,
    ComponenteTolto,
    LegameSociale,
    Persona,
    PrimoAscolto,
    Residenza,
    Storico,
)
from casi.registro import Dettaglio
from casi.ruoli import Azione
from casi.selectors.casi import Aperto, open_parte
from casi.selectors.lettura import read_in
from casi.selectors.persone import has_left


@dataclass(frozen=True)
class Prima:
    """One correction, and what each field it changed said before, by its name («» for nothing)."""

    riga: Storico
    valori: dict[str, str]

    @property
    def campi(self) -> list[tuple[str, str]]:
        """The same under the words for each field."""
        pointing = next(name for name in CON_STORIA if getattr(self.riga, f"{name}_id") is not None)
        model: Any = Storico._meta.get_field(pointing).related_model
        fields = (*Residenza._meta.local_fields, *model._meta.local_fields)  # of a home that was taken out, too
        words = {field.name: str(field.verbose_name) for field in fields}
        return [(words.get(name, name), said) for name, said in self.valori.items()]

    @property
    def di_che(self) -> str:
        """Which of the records of one person it is, beside the one that says who she is."""
        if self.riga.residenza:
            return self.riga.residenza.get_tipo_display()
        return str(_("Nel nucleo")) if self.riga.componente_id else ""


@dataclass(frozen=True)
class ComEra:
    """The page of a household: of whom, or of what, and what was corrected, the newest first."""

    persone: list[tuple[Persona, list[Prima]]]
    legami: list[tuple[LegameSociale, list[Prima]]]
    tolti: list[tuple[ComponenteTolto, Persona | LegameSociale]]


def com_era(attore: Attore, pk: UUID) -> tuple[Aperto, ComEra]:
    """The case and the history of its household. Raises Assente for who may not correct it.

    Of who has left, only what was corrected of her membership here: her record may be another household's by now.
    """

    def read(aperto: Aperto) -> tuple[ComEra, Dettaglio]:
        found = _of_household(aperto.caso.nucleo_id)
        return found, Dettaglio(finalita="storico", risultati=len(found.persone) + len(found.legami))

    return read_in(attore, pk, Azione.MODIFICARE_PERSONE, read)


def open_tolto(attore: Attore, pk: UUID, tolto: UUID) -> tuple[Aperto, Persona | LegameSociale]:
    """Somebody taken out of the household of this very case, or close to it, to be put back. Raises Assente."""

    def find(caso: Caso) -> Persona | LegameSociale | None:
        return next((who for row, who in _taken_out(caso.nucleo_id) if row.pk == tolto), None)

    return open_parte(attore, pk, Azione.MODIFICARE_PERSONE, find, Dettaglio(ComponenteTolto(pk=tolto)))


def _of_household(nucleo: UUID | None) -> ComEra:
    today = timezone.localdate()
    members = list(Componente.objects.filter(nucleo=nucleo).select_related("persona").order_by("dal", "pk"))
    people = {each.persona_id: each.persona for each in members}
    here = {each.persona_id for each in members if each.al is None or each.al >= today}
    close = LegameSociale.objects.filter(nucleo=nucleo)
    rows = Storico.objects.filter(
        Q(componente__in=members) | Q(persona__in=here) | Q(residenza__persona__in=here) | Q(legame__in=close)
    ).select_related("componente", "residenza")
    of_whom: dict[Any, list[Prima]] = defaultdict(list)
    for each in prime(rows):
        of_whom[_whose(each.riga)].append(each)
    ties = LegameSociale.objects.filter(pk__in=[key for key in of_whom if key not in people]).order_by("pk")
    return ComEra(
        persone=[(people[key], of_whom[key]) for key in people if key in of_whom],
        legami=[(each, of_whom[each.pk]) for each in ties],
        tolti=_taken_out(nucleo),
    )


def _whose(riga: Storico) -> Any:
    if riga.componente:
        return riga.componente.persona_id
    return riga.residenza.persona_id if riga.residenza else riga.persona_id or riga.legame_id


def _taken_out(nucleo: UUID | None) -> list[tuple[ComponenteTolto, Persona | LegameSociale]]:
    rows = ComponenteTolto.objects.filter(nucleo=nucleo).select_related("tolto_da__utente").order_by("-tolto_il", "pk")
    where = [each.appartato_id for each in rows]
    waiting = Componente.objects.filter(nucleo__in=where).select_related("persona").order_by("pk")
    ties = LegameSociale.objects.filter(nucleo__in=where)
    apart: dict[UUID, Persona | LegameSociale] = {each.nucleo_id: each for each in ties}
    apart |= {each.nucleo_id: each.persona for each in waiting}
    return [(each, apart[each.appartato_id]) for each in rows if each.appartato_id in apart]


def di_ascolti(ascolti: Collection[PrimoAscolto]) -> dict[UUID, list[Prima]]:
    """What each of these conversations, which the caller has been allowed to read, said before."""
    found: dict[UUID, list[Prima]] = defaultdict(list)
    for each in prime(Storico.objects.filter(ascolto__in=[ascolto.pk for ascolto in ascolti])):
        found[each.riga.ascolto_id].append(each)  # type: ignore[index]
    return found


def di_persona(componente: Componente) -> list[Prima]:
    """What is kept of her for her own copy: her membership here and, unless she has left, her record, those merged into
    it and her homes."""
    persona, here = componente.persona_id, Q(componente__nucleo=componente.nucleo_id)
    records = Q(persona=persona) | Q(persona__fusa_in=persona) | Q(residenza__persona=persona)
    hers = Q() if has_left(componente) else records
    return prime(Storico.objects.filter(hers | (here & Q(componente__persona=persona))))


def prime(rows: QuerySet[Storico]) -> list[Prima]:
    found = rows.select_related("scritto_da__utente").order_by("-scritto_il", "pk")
    return [Prima(each, json.loads(each.valori)) for each in found]
