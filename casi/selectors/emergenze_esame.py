"""Emergencies to look back at, those already seen, and how many each person has opened."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncMonth
from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.errori import Assente
from casi.mesi import months_before
from casi.models import AccessoEmergenza, Caso, Registro
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.emergenza import SOGLIA_MENSILE
from casi.selectors.registro import Riga, ask, rows, rubrica

RECENT, MONTHS = 50, 12
RIGHE = 200  # on a page


@dataclass(frozen=True)
class Quadro:
    """`conteggi`: month, name, how many, whether too many; the newest months first. Exact: the officer lists each."""

    da_esaminare: list[AccessoEmergenza]
    esaminate: list[AccessoEmergenza]
    conteggi: list[tuple[object, str, int, bool]]


@transaction.atomic
def overview(attore: Attore) -> Quadro:
    ask(attore, Azione.ESAMINARE_EMERGENZE)
    every = within(attore).select_related("caso", "operatore__utente", "operatore__ente").defer("motivo")
    waiting = list(every.filter(esaminato_il__isnull=True).order_by("esaminare_entro", "inizio", "pk"))
    seen = list(every.filter(esaminato_il__isnull=False).order_by("-esaminato_il", "pk")[:RECENT])
    record(
        attore,
        Azione.ESAMINARE_EMERGENZE,
        casi={each.caso_id for each in (*waiting, *seen)},
        dettaglio=Dettaglio(finalita="elenco", risultati=len(waiting) + len(seen)),
    )
    return Quadro(waiting, seen, _per_month(attore))


def within(attore: Attore) -> QuerySet[AccessoEmergenza]:
    """Those he watches: opened by somebody of his networks, or on a case of theirs; not on one in conflict with him."""
    senza, known = attore.non_vigilati, policies.known_to(attore, Caso.objects.filter(pk=OuterRef("caso")))
    ours = ~Q(operatore__ente__in=senza) | ~Q(caso__ente_titolare__in=senza)
    return AccessoEmergenza.objects.filter(ours, Exists(known))


@dataclass(frozen=True)
class Intanto:
    """A page of what was done, from the first line; `dopo`: the last line of this page, None where there is no more."""

    righe: list[Riga]
    dopo: int | None
    inizio: bool


@transaction.atomic
def open_emergenza(attore: Attore, pk: UUID, dopo: int = 0) -> tuple[AccessoEmergenza, Intanto]:
    """One of them, with the reason its opener gave and what was done on the case after line `dopo`. Raises Assente."""
    ask(attore, Azione.ESAMINARE_EMERGENZE)
    found = (
        within(attore)
        .select_related("caso", "operatore__utente", "operatore__ente", "esaminato_da__utente")
        .filter(pk=pk)
        .first()
    )
    if found is None:
        raise Assente
    lines = _meanwhile(found, dopo)
    righe = list(rows(lines[:RIGHE], rubrica(), attore))
    told = Dettaglio(found, finalita="legge", risultati=len(righe))
    record(attore, Azione.ESAMINARE_EMERGENZE, casi=[found.caso_id], dettaglio=told)
    return found, Intanto(righe, righe[-1].voce.pk if len(lines) > RIGHE else None, inizio=not dopo)


def _meanwhile(accesso: AccessoEmergenza, dopo: int) -> list[Registro]:
    """What its opener did on that case, or was refused, while it was open; what he did elsewhere is not asked here.

    One line more than a page shows, if there is one.
    """
    until = accesso.chiuso_il or accesso.fine
    lines = Registro.objects.filter(
        operatore_id=accesso.operatore_id, casi__contains=[accesso.caso_id], quando__range=(accesso.inizio, until)
    )
    return list(lines.filter(pk__gt=dopo).order_by("pk")[: RIGHE + 1])


def _per_month(attore: Attore) -> list[tuple[object, str, int, bool]]:
    """By person, under every tie of his."""
    counted = (
        within(attore)
        .filter(inizio__date__gte=months_before(timezone.localdate().replace(day=1), MONTHS))
        .annotate(mese=TruncMonth("inizio"))
        .values_list("mese", "operatore__utente__first_name", "operatore__utente__last_name")
        .annotate(quanti=Count("pk"))
        .order_by("-mese", "-quanti", "operatore__utente__last_name", "operatore__utente_id")
    )
    return [
        (mese, f"{nome} {cognome}".strip(), quanti, quanti > SOGLIA_MENSILE) for mese, nome, cognome, quanti in counted
    ]
