"""The diary of a case: a page of entries, one entry by itself."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet

from casi import policies
from casi.attore import Attore
from casi.models import Livello, VoceDiario
from casi.models.limiti import is_hidden
from casi.registro import Dettaglio
from casi.ruoli import REGOLE, Azione
from casi.selectors.casi import Aperto
from casi.selectors.lettura import PAGE, read_in


@dataclass(frozen=True)
class Voce:
    """An entry for its reader, who corrects it if he may write at its level; `apribile`: opened by itself."""

    riga: VoceDiario
    correggibile: bool
    nascosta: bool

    @property
    def apribile(self) -> bool:
        return self.riga.livello == Livello.RISERVATO


def diario(attore: Attore, pk: UUID, pagina: str) -> tuple[Aperto, Page[Voce]]:
    """A page of the diary, newest first; the text of level 5 entries stays closed."""

    def read(aperto: Aperto) -> tuple[Page[Voce], Dettaglio]:
        found: Page[Any] = Paginator(_shown(attore, aperto), PAGE).get_page(pagina)
        found.object_list = [_voce(riga, aperto) for riga in found.object_list]
        levels = [voce.riga.livello for voce in found.object_list]
        return found, Dettaglio(livello=max(levels, default=None), risultati=len(levels))

    return read_in(attore, pk, Azione.DIARIO_PROPRIO, read)


def voce(attore: Attore, pk: UUID, voce: UUID, azione: Azione = Azione.DIARIO_PROPRIO) -> tuple[Aperto, Voce]:
    """One entry with its text, for doing `azione` with it. Raises Assente."""

    def read(aperto: Aperto) -> tuple[Voce, Dettaglio] | None:
        riga = _shown(attore, aperto).filter(pk=voce).first()
        return (_voce(riga, aperto), Dettaglio(riga, livello=riga.livello)) if riga else None

    return read_in(attore, pk, azione, read)


def may_write_at(livello: int) -> Azione:
    """Which action writing at a level asks for. Raises ValueError for a level at which nothing is written."""
    for each in (Azione.SCRIVERE_DIARIO, Azione.SCRIVERE_NOTE):
        if livello in REGOLE[each].livelli:
            return each
    raise ValueError(livello)


def _shown(attore: Attore, aperto: Aperto) -> QuerySet[VoceDiario]:
    visible = policies.voci_visibili(attore, aperto.caso, aperto.azioni)
    return (
        visible.select_related("autore__utente", "ente")
        .annotate(
            corretta=Exists(visible.order_by().filter(corregge=OuterRef("pk"))),
            corregge_visibile=Exists(visible.order_by().filter(pk=OuterRef("corregge"))),
            nascosta=is_hidden("voce"),
        )
        .order_by("-avvenuto_il", "-creato_il", "pk")
    )


def _voce(riga: VoceDiario, aperto: Aperto) -> Voce:
    nascosta = riga.nascosta  # type: ignore[attr-defined]
    return Voce(riga, correggibile=may_write_at(riga.livello) in aperto.azioni, nascosta=nascosta)
