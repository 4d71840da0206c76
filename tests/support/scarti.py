"""Who proposes, approves and watches over disposal, and holds by who has just read the list."""

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from django.utils import timezone

from casi.actions import conservazione
from casi.attore import Attore
from casi.models import Caso, Scarto
from casi.ruoli import Azione
from casi.selectors.conservazione import segni
from catalogo.models import Adesione, Ente, Operatore
from tests.factories.casi import CasoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for


@pytest.fixture
def assistente() -> Operatore:
    return OperatoreFactory(ruolo="assistente_sociale")


@pytest.fixture
def coordinatrice(assistente: Operatore) -> Operatore:
    """Of the body that leads the network of `assistente`."""
    return lead(assistente, "coordinatore")


@pytest.fixture
def chiuso(assistente: Operatore) -> Caso:
    """A case of her body that has just been kept long enough."""
    return CasoFactory(ente_titolare=assistente.ente, stato="chiuso", chiuso_il=years_ago(10, -1))


def years_ago(years: int, days: int = 0) -> datetime:
    """Noon of the day `years` ago, moved by `days`."""
    today = timezone.localtime().replace(hour=12)
    day = 28 if (today.month, today.day) == (2, 29) else today.day
    return today.replace(year=today.year - years, day=day) + timedelta(days=days)


USCITE = ("receduta", "scaduta", "disattivato")


def leave(ente: Ente, uscita: str) -> None:
    """The body is of its network no more: one of `USCITE`."""
    joined = Adesione.objects.filter(ente=ente)
    if uscita == "disattivato":
        Ente.objects.filter(pk=ente.pk).update(attivo=False)
    elif uscita == "scaduta":
        joined.update(valida_al=timezone.localdate() - timedelta(days=1))
    else:
        joined.update(stato="receduta")


def lead(operatore: Operatore, ruolo: str) -> Operatore:
    """Somebody of the body that leads the network of `operatore`: who coordinates it, or watches over it."""
    capofila = operatore.ente.adesioni.get().accordo.capofila
    return OperatoreFactory(ente=capofila, ruolo=ruolo, in_rete=False)


def approved(proposer: Operatore, approver: Operatore) -> Scarto:
    scarto = conservazione.propose(by=attore_for(proposer))
    return conservazione.approve(by=attore_for(approver), scarto=scarto.pk, atto="det. 1/2026")


def hold(*, by: Attore, scarto: UUID, voci: Collection[int], azione: Azione = Azione.PROPORRE_SCARTO) -> None:
    read = segni(by, Scarto.objects.get(pk=scarto), azione).versione
    conservazione.hold(by=by, scarto=scarto, voci=voci, letta=read, azione=azione)
