"""What somebody has hidden, or finds hidden of what he wrote: the only place where a hiding shows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from casi import policies
from casi.attore import Attore
from casi.models import Caso, Oscuramento
from casi.registro import Dettaglio
from casi.ruoli import Azione
from casi.selectors.casi import Aperto
from casi.selectors.lettura import read_in

# What can be hidden, by the name of its column in `Oscuramento`.
VISIBILI: dict[str, Callable[..., QuerySet[Any]]] = {
    "voce": policies.voci_visibili,
    "allegato": policies.allegati_visibili,
    "intervento": policies.interventi_visibili,
}


@dataclass(frozen=True)
class Nascosto:
    """A hiding without the text of what it hides."""

    pk: UUID
    cosa: str  # voce, allegato, intervento
    scritto_da: str
    nascosto_il: datetime
    chiesto_dalla_persona: bool


def nascosti(attore: Attore, pk: UUID, oscuramento: UUID | None = None) -> tuple[Aperto, list[Nascosto]]:
    """All that the actor may show again, or the one asked for. Raises Assente, also where that one is not his."""

    def read(aperto: Aperto) -> tuple[list[Nascosto], Dettaglio] | None:
        rows = undoable(attore, aperto.caso).select_related(*(f"{cosa}__autore__utente" for cosa in VISIBILI))
        if oscuramento:
            rows = rows.filter(pk=oscuramento)
        found = [_nascosto(riga) for riga in rows.order_by("-fatto_il", "pk")]
        told = Dettaglio(finalita="nascosti", risultati=len(found))
        return (found, told) if found or not oscuramento else None

    return read_in(attore, pk, Azione.SCRIVERE_DIARIO, read)


def oscurabile(attore: Attore, pk: UUID, cosa: str, oggetto: UUID) -> Aperto:
    """The case, for hiding something in it that the actor sees. Raises Assente."""

    def read(aperto: Aperto) -> tuple[bool, Dettaglio] | None:
        found = VISIBILI[cosa](attore, aperto.caso, aperto.azioni).filter(pk=oggetto).first()
        return (True, Dettaglio(found)) if found else None

    return read_in(attore, pk, Azione.OSCURARE, read)[0]


def undoable(attore: Attore, caso: Caso) -> QuerySet[Oscuramento]:
    """The hidings somebody may undo: those he made, and those of what he wrote."""
    me = attore.operatore.pk
    mine = Q(fatto_da=me) | Q(voce__autore=me) | Q(allegato__autore=me) | Q(intervento__autore=me)
    return Oscuramento.objects.filter(mine, caso=caso, tolto_il__isnull=True)


def _nascosto(riga: Oscuramento) -> Nascosto:
    cosa = next(each for each in VISIBILI if getattr(riga, f"{each}_id"))
    autore = getattr(riga, cosa).autore
    return Nascosto(riga.pk, cosa, str(autore.utente), riga.fatto_il, riga.chiesto_dalla_persona)
