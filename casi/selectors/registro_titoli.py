"""On what an access rested, in words: the rows a line of the register keeps, as they are now (domain.md §5.4)."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import DateField, DateTimeField, Model, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Least, TruncDate
from django.utils import timezone
from django.utils.translation import gettext as _

from casi.models import AccessoEmergenza, Ammissione, Incarico, PresaInCarico

MAI, MAI_A_UN_ORA = Cast(Value(None), DateField()), Cast(Value(None), DateTimeField())
FINITA = Least("al", TruncDate("tolta_il"))  # a right taken away ends before the day it was given to
# Of each kind of row: first and last day, or from which moment to which.
TEMPI: Mapping[type[Model], tuple[str | Combinable, ...]] = {
    Incarico: ("dal", FINITA, MAI_A_UN_ORA, MAI_A_UN_ORA),
    Ammissione: ("dal", FINITA, MAI_A_UN_ORA, MAI_A_UN_ORA),
    AccessoEmergenza: (MAI, MAI, "inizio", Least("fine", "chiuso_il")),
    PresaInCarico: (MAI, MAI, "assegnata_il", MAI_A_UN_ORA),
}


def grounds(chiavi: Collection[UUID]) -> dict[UUID, str]:
    """Of these keys, those of rows that are still there, each in words: one question."""
    if not chiavi:
        return {}
    first, *others = (_times(model, chiavi) for model in TEMPI)
    return {pk: _said(*told) for pk, *told in first.union(*others)}


def _times(model: type[Model], chiavi: Collection[UUID]) -> QuerySet[Any, Any]:
    """Key, kind and times of each, as `_said` takes them."""
    rows = model._default_manager.filter(pk__in=chiavi).order_by()
    return rows.values_list("pk", Value(str(model._meta.verbose_name)), *TEMPI[model])


def _said(kind: str, dal: date | None, al: date | None, dalle: datetime | None, alle: datetime | None) -> str:
    """«incarico dal 02/03/2026 al 31/05/2026», «accesso in emergenza del 02/03/2026, dalle 10.15 alle 11.15»."""
    since, until = dalle and timezone.localtime(dalle), alle and timezone.localtime(alle)
    if since and until:
        words = _("%(titolo)s del %(giorno)s, dalle %(inizio)s alle %(fine)s")
        told = {"giorno": f"{since:%d/%m/%Y}", "inizio": f"{since:%H.%M}", "fine": f"{until:%H.%M}"}
    elif since:
        words, told = _("%(titolo)s proposta il %(giorno)s"), {"giorno": f"{since:%d/%m/%Y}"}
    elif al:
        words, told = _("%(titolo)s dal %(dal)s al %(al)s"), {"dal": f"{dal:%d/%m/%Y}", "al": f"{al:%d/%m/%Y}"}
    else:
        words, told = _("%(titolo)s dal %(dal)s"), {"dal": f"{dal:%d/%m/%Y}"}
    return words % {"titolo": kind, **told}
