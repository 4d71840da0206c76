"""What the public forms show and where they lead. Nothing of anybody is read here, so nothing is registered."""

from datetime import date
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from casi.models import Informativa, Richiesta, Segnalazione
from casi.ruoli import RUOLI, Azione
from catalogo.models import Accordo, Adesione, Bisogno, Comune, Ente, Operatore, ServizioPage

RICEVONO = [ruolo for ruolo, cosa in RUOLI.items() if Azione.GESTIRE_ARRIVI in cosa.azioni]


def bisogni() -> QuerySet[Bisogno]:
    return Bisogno.objects.filter(attivo=True)


def comuni() -> QuerySet[Comune]:
    """Those where a body of the network is."""
    return Comune.objects.filter(Exists(Ente.objects.filter(comune=OuterRef("pk"), attivo=True)))


def informativa_in(lingua: str) -> Informativa | None:
    """The privacy notice in force today, in `lingua` or in Italian."""
    found = Informativa.objects.filter(
        valida_dal__lte=timezone.localdate(), lingua__in=(lingua, settings.LANGUAGE_CODE)
    )
    return next(iter(sorted(found, key=lambda each: each.lingua != lingua)), None)


def capofila() -> Ente | None:
    """The lead body of the agreement in force."""
    accordo = Accordo.objects.in_force(timezone.localdate()).filter(capofila__attivo=True).select_related("capofila")
    found = accordo.first()
    return found.capofila if found else None


def ente_per(servizio: UUID | None) -> Ente | None:
    """Who receives a request made from a service: its body if it is in the network and listens, else the lead body."""
    if servizio is None:
        return capofila()
    today = timezone.localdate()
    here = OuterRef("pk")
    listens = Operatore.objects.in_force(today).filter(ente=here, ruolo__in=RICEVONO, utente__is_active=True)
    belongs = Adesione.objects.in_force(today).filter(ente=here)
    sheets = ServizioPage.objects.in_catalogo().filter(translation_key=servizio)
    ente = Ente.objects.filter(Exists(listens), Exists(belongs), attivo=True, servizi__in=sheets).order_by("pk").first()
    return ente or capofila()


def answer_due(codice: str) -> date:
    """Until when whoever holds the receipt `codice` will be answered."""
    found = Richiesta.objects.filter(codice=codice).values_list("rispondere_entro", flat=True)
    others = Segnalazione.objects.filter(codice=codice).values_list("rispondere_entro", flat=True)
    return found.union(others).get()
