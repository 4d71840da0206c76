"""Accesses in emergency: the one that is running, the case it would open, when it ends and is looked back at."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from casi.attore import Attore
from casi.errori import Impossibile
from casi.models import AccessoEmergenza, AncoraRegistro, Caso, Esito, Registro
from casi.registro import FINE, Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.identita import Identita, casi_di, persone_con
from casi.selectors.quota import within
from casi.selectors.ricerca import CONTATE, EMERGENZA, QUOTA
from catalogo.models import Operatore

DURATA = timedelta(minutes=60)
MOTIVO_MINIMO = 20  # characters
ESAME_ENTRO = 5  # working days
SOGLIA_MENSILE = 2  # a person who goes past it in a month is pointed out to the data protection officer


@dataclass(frozen=True)
class InCorso:
    """An access that is open now, as the banner tells it."""

    pk: UUID
    caso: UUID
    numero: str
    fine: datetime


def running(operatore: Operatore) -> QuerySet[AccessoEmergenza]:
    """What `operatore` has open now."""
    return _open_now().filter(operatore=operatore).select_related("caso").order_by("fine", "pk")


def of_the_person(operatore: Operatore) -> QuerySet[AccessoEmergenza]:
    """The same under any tie of hers: she has one open at a time."""
    return _open_now().filter(operatore__utente=operatore.utente_id).select_related("caso").order_by("fine", "pk")


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


def caso_di(attore: Attore, numero: str, identita: Identita) -> UUID | None:
    """The only case with this number, or the only one of this person: whom one looks for as in a search, within the
    same quota and with the same line, whatever comes out. Raises Impossibile past the quota."""
    if numero.strip():
        return Caso.objects.filter(numero=numero.strip().upper()).values_list("pk", flat=True).order_by("pk").first()
    with transaction.atomic():
        allowed = within(attore, Azione.CERCARE, QUOTA, CONTATE)
        by_person = casi_di(attore, persone_con(attore, identita)).values_list("pk", flat=True).order_by("pk")
        found = list(by_person) if allowed else []
        esito = Esito.CONSENTITO if allowed else Esito.NEGATO
        told = Dettaglio(finalita=EMERGENZA, risultati=len(found))
        record(attore, Azione.CERCARE, casi=found, esito=esito, dettaglio=told)
    if not allowed:
        raise Impossibile(_("Oggi hai già cercato %(quota)s persone: scrivi il numero del caso.") % {"quota": QUOTA})
    return found[0] if len(found) == 1 else None


def finished() -> QuerySet[AccessoEmergenza]:
    """Accesses that ran out by themselves and whose end is not in the register yet.

    Of one older than what the register still keeps the end was dropped with it, and is not written again.
    """
    closed = Registro.objects.filter(oggetto_id=OuterRef("pk"), finalita=FINE)
    dropped = AncoraRegistro.objects.filter(prima_del__gt=OuterRef("fine__date"))
    rows = AccessoEmergenza.objects.filter(
        ~Exists(closed), ~Exists(dropped), chiuso_il__isnull=True, fine__lte=timezone.now()
    )
    return rows.select_related("operatore__ente").order_by("fine", "pk")
