"""Whom an alert is about and who has not been told yet: the duty of GDPR art. 14, before it is forgotten."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from casi import policies
from casi.attore import Attore
from casi.models import Caso, Segnalazione, StatoRichiesta

DA_INFORMARE = "da_informare"  # what the first page calls them
PRESTO = timedelta(days=7)  # how long before the day it shows


def da_informare(attore: Attore, today: date) -> list[QuerySet[Segnalazione]]:
    """Those due in a week or late: at the desk, and of the cases the actor assesses."""
    waiting = {"avvisata_il": None, "non_avvisata_perche__isnull": True, "avvisare_entro__lte": today + PRESTO}
    both = (policies.arrivi_visibili(attore, Segnalazione, dei_casi=each) for each in (False, True))
    return [rows.filter(**waiting).exclude(stato=StatoRichiesta.RITIRATA) for rows in both]


def segnalazione_del_caso(attore: Attore, caso: Caso, segnalazione: UUID) -> Segnalazione | None:
    """One of those the case came from, for who opens the case."""
    return policies.arrivi_visibili(attore, Segnalazione, dei_casi=True).filter(caso=caso, pk=segnalazione).first()
