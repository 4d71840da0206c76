"""Accesses in emergency: the one that is running, whom they would open to, how often people use them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.errori import Vietato
from casi.models import AccessoEmergenza, Caso, Registro
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.identita import Identita, casi_di, persone_con
from catalogo.models import Operatore

DURATA = timedelta(minutes=60)
MOTIVO_MINIMO = 20  # characters
ESAME_ENTRO = 5  # working days
SOGLIA_MENSILE = 3  # a person who goes past it in a month is pointed out to the data protection officer
FINE = "fine"  # purpose of the register's line that ends an access


@dataclass(frozen=True)
class InCorso:
    """An access that is open now, as the banner tells it."""

    pk: UUID
    caso: UUID
    numero: str
    fine: datetime


@dataclass(frozen=True)
class Conteggio:
    """How many emergencies somebody has declared in a month on the cases of a body."""

    utente: str
    quanti: int
    oltre_soglia: bool


def running(operatore: Operatore) -> QuerySet[AccessoEmergenza]:
    """What `operatore` has open now."""
    return _open_now().filter(operatore=operatore).select_related("caso").order_by("fine", "pk")


def with_emergencies(ties: QuerySet[Operatore]) -> QuerySet[Operatore]:
    """`ties`, each with what the banner of every page shows of it (`banner`): no question of its own."""
    shown = JSONObject(pk="pk", caso="caso", numero="caso__numero", fine="fine")
    rows = _open_now().filter(operatore=OuterRef("pk")).order_by("fine", "pk").values(shown=shown)
    return ties.annotate(in_emergenza=ArraySubquery(rows))


def banner(operatore: Operatore) -> list[InCorso]:
    """The emergencies of a tie that `with_emergencies` has read."""
    rows: list[dict[str, Any]] = operatore.in_emergenza  # type: ignore[attr-defined]
    return [
        InCorso(UUID(row["pk"]), UUID(row["caso"]), row["numero"], datetime.fromisoformat(row["fine"])) for row in rows
    ]


def _open_now() -> QuerySet[AccessoEmergenza]:
    now = timezone.now()
    return AccessoEmergenza.objects.filter(inizio__lte=now, fine__gt=now, chiuso_il__isnull=True)


def caso_di(numero: str, identita: Identita) -> UUID | None:
    """The only case with this number, or the only one of this person."""
    by_person = casi_di(persone_con(identita)).values_list("pk", flat=True).order_by("pk")
    by_number = Caso.objects.filter(numero=numero.strip().upper()).values_list("pk", flat=True).order_by("pk")
    found = list(by_number if numero.strip() else by_person)
    return found[0] if len(found) == 1 else None


def conteggi(attore: Attore, mese: date) -> list[Conteggio]:
    """Person by person, the emergencies of the month of `mese` on cases the actor's body holds. Raises Vietato."""
    if not policies.may(attore, Azione.ESAMINARE_EMERGENZE):
        raise Vietato
    with transaction.atomic():
        here = AccessoEmergenza.objects.filter(
            caso__ente_titolare=attore.operatore.ente_id, inizio__year=mese.year, inizio__month=mese.month
        )
        rows = list(
            here.values("operatore__utente", "operatore__utente__first_name", "operatore__utente__last_name")
            .annotate(quanti=Count("pk"))
            .order_by("-quanti", "operatore__utente")
        )
        told = Dettaglio(finalita="conteggio_mensile", risultati=len(rows))
        record(attore, Azione.ESAMINARE_EMERGENZE, dettaglio=told)
    return [_counted(row) for row in rows]


def finished() -> QuerySet[AccessoEmergenza]:
    """Accesses that ran out by themselves and whose end is not in the register yet."""
    closed = Registro.objects.filter(oggetto_id=OuterRef("pk"), finalita=FINE)
    rows = AccessoEmergenza.objects.filter(~Exists(closed), chiuso_il__isnull=True, fine__lte=timezone.now())
    return rows.select_related("operatore__ente").order_by("fine", "pk")


def due(start: date, working_days: int = ESAME_ENTRO) -> date:
    """The day `working_days` after `start`. Holidays count as work days: the review comes early, never late."""
    day = start
    while working_days:
        day += timedelta(days=1)
        working_days -= day.weekday() < 5
    return day


def _counted(row: Mapping[str, Any]) -> Conteggio:
    name = f"{row['operatore__utente__first_name']} {row['operatore__utente__last_name']}".strip()
    return Conteggio(utente=name, quanti=row["quanti"], oltre_soglia=row["quanti"] > SOGLIA_MENSILE)
