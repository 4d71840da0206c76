"""The coordinator's desk: numbers, states, dates. No name of a person in care, no way into a case."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.models import (
    Caso,
    Incarico,
    Parte,
    Passaggio,
    PresaInCarico,
    StatoCaso,
    VoceDiario,
    VoceValutazioneRiservata,
)
from casi.percorso import DA_ASSEGNARE, IN_CARICO, PER_ACCETTARE, Passo
from casi.registro import Dettaglio, record
from casi.ruoli import RUOLI, Azione
from casi.selectors.nomi import called
from catalogo.models import Ente, Operatore
from catalogo.models.operatore import RuoloOperatore

MOST = 200
PRENDONO_CASI = [ruolo for ruolo in RuoloOperatore.values if Azione.ACCETTARE in RUOLI[ruolo].azioni]


@dataclass(frozen=True)
class Assegnazioni:
    """Each list holds cases with `dal` (in this state since) and, where somebody has been chosen, `presa`."""

    da_assegnare: list[Caso]
    in_attesa: list[Caso]
    da_controfirmare: list[Caso]
    in_carico: list[Caso]
    limite: date  # who was asked before this day is late


@transaction.atomic
def assegnazioni(attore: Attore) -> Assegnazioni:
    """The cases of the actor's body that wait for him, and those that wait for the social worker he chose."""
    found: list[Any] = list(desk(attore).order_by(F("urgente_fino_al").asc(nulls_last=True), "dal", "pk")[:MOST])
    record(
        attore, Azione.ELENCARE_DA_ASSEGNARE, casi=[caso.pk for caso in found],
        dettaglio=Dettaglio(risultati=len(found)),
    )  # fmt: skip
    return Assegnazioni(
        da_assegnare=[caso for caso in found if caso.assegnata_a is None and caso.stato != StatoCaso.IN_CHIUSURA],
        in_attesa=[caso for caso in found if caso.assegnata_a and caso.accettata_il is None],
        da_controfirmare=[caso for caso in found if caso.attende_controfirma],
        in_carico=[caso for caso in found if caso.accettata_il],
        limite=timezone.localdate() - timedelta(days=PER_ACCETTARE),
    )


def desk(attore: Attore) -> QuerySet[Any]:
    """The body's cases on which a coordinator may have something to do, each with what he needs to do it."""
    here = OuterRef("pk")
    steps = Passaggio.objects.filter(caso=here).order_by("-quando", "pk")
    entered = steps.filter(a=OuterRef("stato")).exclude(da=F("a"))
    open_one = PresaInCarico.objects.filter(caso=here, rifiutata_il__isnull=True, conclusa_il__isnull=True)
    closing = steps.filter(passo__in=(Passo.AVVIA_CHIUSURA, Passo.CONTROFIRMA))
    reserved = Exists(VoceDiario.objects.filter(caso=here, livello=5)) | Exists(
        VoceValutazioneRiservata.objects.filter(valutazione__caso=here)
    )
    closing_now = Q(stato=StatoCaso.IN_CHIUSURA) & ~Q(ultimo_di_chiusura=Passo.CONTROFIRMA)
    return (
        policies.visible_to(attore, Azione.ELENCARE_DA_ASSEGNARE)
        .filter(stato__in=DA_ASSEGNARE | IN_CARICO)
        .select_related("comune")
        .annotate(
            dal=Subquery(entered.values("quando")[:1]),
            assegnata_a=Subquery(open_one.values("assegnata_a")[:1]),
            assegnata_a_chi=Subquery(open_one.values(chi=called("assegnata_a__utente"))[:1]),
            assegnata_il=Subquery(open_one.values("assegnata_il")[:1]),
            accettata_il=Subquery(open_one.values("accettata_il")[:1]),
            ultimo_di_chiusura=Coalesce(Subquery(closing.values("passo")[:1]), Value("")),
        )
        .annotate(attende_controfirma=closing_now & reserved)
    )


def assistenti(attore: Attore) -> QuerySet[Operatore]:
    """The social workers of the actor's body, each with her load: cases she answers for, cases she was offered."""
    today, here = timezone.localdate(), OuterRef("pk")
    standing = Incarico.objects.in_force(today).filter(operatore=here, parte=Parte.RESPONSABILE)
    live = standing.filter(caso__stato__in=DA_ASSEGNARE | IN_CARICO).order_by()
    offered = PresaInCarico.objects.filter(
        assegnata_a=here, accettata_il__isnull=True, rifiutata_il__isnull=True, conclusa_il__isnull=True
    ).order_by()
    return (
        Operatore.objects.in_force(today)
        .filter(ente=attore.operatore.ente, ruolo__in=PRENDONO_CASI, utente__is_active=True)
        .select_related("utente")
        .annotate(
            carico=Subquery(live.values("operatore").annotate(n=Count("pk")).values("n")),
            proposti=Subquery(offered.values("assegnata_a").annotate(n=Count("pk")).values("n")),
        )
        .order_by(F("carico").asc(nulls_first=True), "utente__last_name", "pk")
    )


def altri_enti(attore: Attore) -> QuerySet[Ente]:
    """Bodies that may hold a case, other than the actor's: those with a coordinator today."""
    offices = Operatore.objects.in_force(timezone.localdate()).filter(
        ente=OuterRef("pk"), ruolo=RuoloOperatore.COORDINATORE, utente__is_active=True
    )
    others = Ente.objects.filter(Exists(offices), attivo=True).exclude(pk=attore.operatore.ente_id)
    return others.order_by("nome", "pk")
