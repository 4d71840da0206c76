"""Whom an alert is about and who has not been told yet: the duty of GDPR art. 14, before it is forgotten."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from casi import policies
from casi.attore import Attore
from casi.models import Caso, Segnalazione, StatoRichiesta

PRESTO = timedelta(days=7)  # how long before the day it shows


@dataclass(frozen=True)
class DaInformare:
    """By the receipt code alone; `caso` is where the alert is read, None while it is at the desk."""

    giorno: date
    codice: str
    pk: UUID
    caso: UUID | None


def da_informare(attore: Attore, today: date) -> list[DaInformare]:
    """Those due in a week or late, the latest first: at the desk, and of the cases the actor assesses. One question."""
    both = [policies.arrivi_visibili(attore, Segnalazione, dei_casi=each) for each in (False, True)]
    desk, cases = (
        rows.filter(avvisata_il=None, non_avvisata_perche__isnull=True, avvisare_entro__lte=today + PRESTO)
        .exclude(stato=StatoRichiesta.RITIRATA)
        .order_by()
        .values_list("avvisare_entro", "codice", "pk", "caso")
        for rows in both
    )
    return [DaInformare(*row) for row in desk.union(cases, all=True).order_by("avvisare_entro", "codice")]


def segnalazione_del_caso(attore: Attore, caso: Caso, segnalazione: UUID) -> Segnalazione | None:
    """One of those the case came from, for who opens the case."""
    return policies.arrivi_visibili(attore, Segnalazione, dei_casi=True).filter(caso=caso, pk=segnalazione).first()
