"""What somebody has hidden, or finds hidden of what he wrote: the only place where a hiding shows."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casi import policies
from casi.attore import Attore
from casi.models import Caso, Oscuramento, Valutazione
from casi.models.limiti import COSE
from casi.registro import Dettaglio
from casi.ruoli import Azione
from casi.selectors.casi import Aperto
from casi.selectors.lettura import read_in
from catalogo.models import Operatore


def _concluse(attore: Attore, caso: Caso, azioni: frozenset[Azione]) -> QuerySet[Valutazione]:
    return policies.valutazioni_visibili(attore, caso, azioni).filter(conclusa_il__isnull=False)


@dataclass(frozen=True)
class Nascondibile:
    """What can be hidden: how it is called, which of them somebody sees, and what tells one from the others."""

    nome: Promise
    visibili: Callable[[Attore, Caso, frozenset[Azione]], QuerySet[Any]]
    quale: Callable[[Any], tuple[object, date | datetime]]  # in words that are no text of it, and its day


# As `COSE` calls them. An assessment that is being written is of all who assess.
NASCONDIBILI = {
    "voce": Nascondibile(
        _("Voce di diario"), policies.voci_visibili, lambda each: (each.get_tipo_display(), each.avvenuto_il)
    ),
    "allegato": Nascondibile(_("File"), policies.allegati_visibili, lambda each: (each.nome, each.creato_il)),
    "intervento": Nascondibile(_("Aiuto"), policies.interventi_visibili, lambda each: (each.tipo, each.dal)),
    "ascolto": Nascondibile(
        _("Ascolto"), policies.ascolti_visibili, lambda each: (each.get_modalita_display(), each.quando)
    ),
    "valutazione": Nascondibile(_("Valutazione"), _concluse, lambda each: (_("conclusa"), each.conclusa_il)),
}


@dataclass(frozen=True)
class Nascosto:
    """A hiding without the text of what it hides."""

    pk: UUID
    cosa: Promise
    quale: object
    giorno: date | datetime
    scritto_da: str
    nascosto_il: datetime
    chiesto_dalla_persona: bool


def nascosti(attore: Attore, pk: UUID, oscuramento: UUID | None = None) -> tuple[Aperto, list[Nascosto]]:
    """All that the actor may show again, or the one asked for. Raises Assente, also where that one is not his."""

    def read(aperto: Aperto) -> tuple[list[Nascosto], Dettaglio] | None:
        authors = (f"{cosa}__{autore}__utente" for cosa, autore in COSE.items())
        rows = undoable(attore, aperto.caso).select_related(*authors, "intervento__tipo")
        if oscuramento:
            rows = rows.filter(pk=oscuramento)
        found = [_nascosto(riga) for riga in rows.order_by("-fatto_il", "pk")]
        told = Dettaglio(finalita="nascosti", risultati=len(found))
        return (found, told) if found or not oscuramento else None

    return read_in(attore, pk, Azione.SCRIVERE_DIARIO, read)


@dataclass(frozen=True)
class DaNascondere:
    """What is about to be hidden, in words that tell nothing it says."""

    nome: Promise
    quale: object
    giorno: date | datetime
    scritto_da: Operatore


def oscurabile(attore: Attore, pk: UUID, cosa: str, oggetto: UUID) -> tuple[Aperto, DaNascondere]:
    """The case, for hiding something in it that the actor sees. Raises Assente."""
    kind, autore = NASCONDIBILI[cosa], COSE[cosa]

    def read(aperto: Aperto) -> tuple[DaNascondere, Dettaglio] | None:
        visible = kind.visibili(attore, aperto.caso, aperto.azioni).select_related(f"{autore}__utente")
        found = visible.filter(pk=oggetto).first()
        return (
            (DaNascondere(kind.nome, *kind.quale(found), getattr(found, autore)), Dettaglio(found)) if found else None
        )

    return read_in(attore, pk, Azione.OSCURARE, read)


def undoable(attore: Attore, caso: Caso) -> QuerySet[Oscuramento]:
    """The hidings somebody may undo: those he made, and those of what he wrote."""
    me = attore.operatore.pk
    written = [Q((f"{cosa}__{autore}", me)) for cosa, autore in COSE.items()]
    mine = reduce(or_, written, Q(fatto_da=me))
    return Oscuramento.objects.filter(mine, caso=caso, tolto_il__isnull=True)


def _nascosto(riga: Oscuramento) -> Nascosto:
    cosa = next(each for each in COSE if getattr(riga, f"{each}_id"))
    hidden, kind = getattr(riga, cosa), NASCONDIBILI[cosa]
    author = str(getattr(hidden, COSE[cosa]).utente)
    return Nascosto(riga.pk, kind.nome, *kind.quale(hidden), author, riga.fatto_il, riga.chiesto_dalla_persona)
