"""Whom an alert is about: who has not been told yet (GDPR art. 14), before it is forgotten; who is not to be told."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet

from casi import policies
from casi.attore import Attore
from casi.models import Caso, Interlocutore, PrimoAscolto, Segnalazione, StatoRichiesta

DA_INFORMARE = "da_informare"  # what the first page calls them
PRESTO = timedelta(days=7)  # how long before the day it shows


def da_informare(attore: Attore, today: date) -> list[QuerySet[Segnalazione]]:
    """Those due in a week or late: at the desk, and of the cases the actor assesses."""
    waiting = {"avvisata_il": None, "non_avvisata_perche__isnull": True, "avvisare_entro__lte": today + PRESTO}
    both = (policies.arrivi_visibili(attore, Segnalazione, dei_casi=each) for each in (False, True))
    return [rows.filter(**waiting).exclude(stato=StatoRichiesta.RITIRATA) for rows in both]


def dicibili() -> QuerySet[Segnalazione]:
    """Those that what she is handed may name: nobody wrote why she is not to know and, where children may be in danger,
    somebody wrote that she does."""
    known = Q(minori_a_rischio=False) | Q(avvisata_il__isnull=False)
    return Segnalazione.objects.filter(known, non_avvisata_perche__isnull=True)


def senza_taciute(ascolti: QuerySet[PrimoAscolto]) -> QuerySet[PrimoAscolto]:
    """Without those an alert she is not to know of was talked over in."""
    return ascolti.filter(Q(segnalazione=None) | Q(segnalazione__in=dicibili()))


def taciuta(riga: object) -> bool:
    """Whether `riga`, read from the database, is such an alert, or a talk with somebody else about it."""
    if isinstance(riga, PrimoAscolto):
        return riga.interlocutore != Interlocutore.PERSONA and not dicibile(riga)
    return isinstance(riga, Segnalazione) and not dicibili().filter(pk=riga.pk).exists()


def dicibile(ascolto: PrimoAscolto) -> bool:
    """Whether it may be told which alert it was about; so also where there is none."""
    return senza_taciute(PrimoAscolto.objects.filter(pk=ascolto.pk)).exists()


def segnalazione_del_caso(attore: Attore, caso: Caso, segnalazione: UUID) -> Segnalazione | None:
    """One of those the case came from, for who opens the case."""
    return policies.arrivi_visibili(attore, Segnalazione, dei_casi=True).filter(caso=caso, pk=segnalazione).first()
