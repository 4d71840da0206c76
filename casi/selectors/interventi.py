"""Who helps how: one's own body in full, the others as far as it is one's business.

The note of another body's intervention is never loaded but for the global view: the rows are not asked for it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.models import SENZA_EFFETTO, Caso, Intervento
from casi.models.limiti import is_hidden
from casi.percorso import IN_CARICO
from casi.registro import Dettaglio
from casi.ruoli import Azione
from casi.selectors.casi import Aperto
from casi.selectors.chiusura import orfani
from casi.selectors.lettura import read_in
from catalogo.models import Ente, ServizioPage, TipoServizio
from catalogo.models.ente import nome_corrente

THINNEST = 6  # thousandths: a day in ten years still shows
MOST = 200  # of one household; more would be no view of anything


@dataclass(frozen=True)
class Altrui:
    """What is known of another body's intervention: the kind and the period. Not even which body."""

    tipo: str
    dal: date
    al: date | None


@dataclass(frozen=True)
class Interventi:
    propri: Sequence[Intervento]
    altrui: list[Altrui]


@dataclass(frozen=True)
class Riga:
    """An intervention in the global view. `inizio` and `lunghezza` in thousandths of the time shown."""

    intervento: Intervento
    inizio: int
    lunghezza: int
    sovrapposto: bool
    nascosta: bool
    orfana: bool  # its body is out of the case and cannot end it


@dataclass(frozen=True)
class Quadro:
    """Who does what for the household, body by body, between two days."""

    enti: list[tuple[Ente, list[Riga]]]
    dal: date
    al: date
    sovrapposti: bool


def interventi(attore: Attore, pk: UUID) -> tuple[Aperto, Interventi]:
    """Those of the actor's own body, and of the others what is shared with it."""

    def read(aperto: Aperto) -> tuple[Interventi, Dettaglio]:
        visible = policies.interventi_visibili(attore, aperto.caso, aperto.azioni).order_by("-dal", "pk")
        own = attore.operatore.ente_id
        propri = list(
            visible.filter(ente=own).select_related("tipo", "autore").annotate(nascosta=is_hidden("intervento"))[:MOST]
        )
        others = visible.exclude(ente=own).exclude(stato__in=SENZA_EFFETTO).values_list("tipo", "dal", "al")
        kinds = TipoServizio.objects.in_bulk()
        altrui = [Altrui(str(kinds[tipo]), dal, al) for tipo, dal, al in others[:MOST]]
        return Interventi(propri, altrui), Dettaglio(finalita="interventi", risultati=len(propri) + len(altrui))

    return read_in(attore, pk, Azione.INTERVENTI_ENTE, read)


def intervento(attore: Attore, pk: UUID, intervento: UUID) -> tuple[Aperto, Intervento]:
    """One of the actor's own body, for writing in it. Raises Assente."""

    def read(aperto: Aperto) -> tuple[Intervento, Dettaglio] | None:
        riga = own_visible(attore, aperto, intervento)
        return (riga, Dettaglio(riga)) if riga else None

    return read_in(attore, pk, Azione.SCRIVERE_INTERVENTI, read)


def di_un_altro(attore: Attore, pk: UUID, intervento: UUID) -> tuple[Aperto, Intervento]:
    """One of another body, for who conducts the case and may have to end it. Raises Assente."""

    def read(aperto: Aperto) -> tuple[Intervento, Dettaglio] | None:
        riga = visible_of_another(attore, aperto, intervento)
        return (riga, Dettaglio(riga)) if riga else None

    return read_in(attore, pk, Azione.CONDURRE, read)


def visible_of_another(attore: Attore, aperto: Aperto, pk: UUID) -> Intervento | None:
    """The intervention, if it is not of the actor's body and not hidden from him."""
    visible = policies.interventi_visibili(attore, aperto.caso, aperto.azioni)
    others = visible.filter(pk=pk).exclude(ente=attore.operatore.ente_id)
    return others.select_related("tipo", "ente").first()


def own_visible(attore: Attore, aperto: Aperto, pk: UUID) -> Intervento | None:
    """The intervention, if it is of the actor's body and not hidden from him."""
    visible = policies.interventi_visibili(attore, aperto.caso, aperto.azioni)
    return visible.filter(pk=pk, ente=attore.operatore.ente_id).select_related("tipo").first()


def quadro(attore: Attore, pk: UUID) -> tuple[Aperto, Quadro]:
    """The global view, with every note: for who is responsible, and for an emergency."""

    def read(aperto: Aperto) -> tuple[Quadro, Dettaglio]:
        visible = policies.interventi_visibili(attore, aperto.caso, aperto.azioni)
        rows = visible.select_related("ente", "tipo").annotate(nascosta=is_hidden("intervento"))
        found = list(rows.order_by(nome_corrente("ente"), "dal", "pk")[:MOST])
        return _drawn(found, orfani(attore, aperto.caso, found)), Dettaglio(finalita="quadro", risultati=len(found))

    return read_in(attore, pk, Azione.VISTA_GLOBALE, read)


def puo_cominciare(caso: Caso, today: date) -> bool:
    """Help begins once the case is taken in charge; before that only while it is urgent (domain.md §4.1)."""
    return caso.stato in IN_CARICO or bool(caso.urgente_fino_al and caso.urgente_fino_al >= today)


def servizi_di(ente: Ente) -> list[tuple[str, str]]:
    """(translation key, title) of the sheets of a body, for a choice."""
    rows = ServizioPage.objects.in_catalogo().filter(ente=ente).order_by("title", "pk")
    return [(str(key), title) for key, title in rows.values_list("translation_key", "title")]


def tipi() -> list[tuple[str, str]]:
    """(pk, name) of the kinds of help, for a choice."""
    return [(str(tipo.pk), str(tipo)) for tipo in TipoServizio.objects.filter(attivo=True).order_by("ordine", "nome")]


def _drawn(rows: Sequence[Intervento], orphans: frozenset[UUID]) -> Quadro:
    today = timezone.localdate()
    first = min((riga.dal for riga in rows), default=today)
    last = max([today, *(riga.al or today for riga in rows), *(riga.dal for riga in rows)])
    days = max((last - first).days + 1, 1)
    doubled = overlapping(rows)

    def thousandth(day: date, *, after: int = 0) -> int:
        return round(1000 * ((day - first).days + after) / days)

    enti: dict[Ente, list[Riga]] = defaultdict(list)
    for riga in rows:
        start = min(thousandth(riga.dal), 1000 - THINNEST)
        length = max(thousandth(riga.al or last, after=1) - start, THINNEST)
        hidden = riga.nascosta  # type: ignore[attr-defined]
        enti[riga.ente].append(Riga(riga, start, length, riga.pk in doubled, hidden, riga.pk in orphans))
    return Quadro(list(enti.items()), first, last, bool(doubled))


def overlapping(rows: Iterable[Intervento]) -> frozenset[UUID]:
    """Which of `rows` are of one kind and, on some day, at the same time; refused and cancelled ones never were."""
    kinds: dict[int, list[Intervento]] = defaultdict(list)
    for riga in rows:
        if riga.stato not in SENZA_EFFETTO:
            kinds[riga.tipo_id].append(riga)
    found: set[UUID] = set()
    for group in kinds.values():
        running: Intervento | None = None
        for riga in sorted(group, key=lambda each: (each.dal, each.al or date.max)):
            if running is not None and riga.dal <= (running.al or date.max):
                found |= {running.pk, riga.pk}
            if running is None or (riga.al or date.max) > (running.al or date.max):
                running = riga
    return frozenset(found)
