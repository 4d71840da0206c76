"""Who is in the network and who acts for whom, for the desk that accredits. Of cases it knows one number."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from casi.attore import Attore
from casi.errori import Assente
from casi.parole import pochi
from casi.registro import Dettaglio, record
from casi.reti import open_under, run_today
from casi.ruoli import Azione
from casi.selectors.assegnazioni import SENZA_RESPONSABILE, placed
from casi.selectors.chi_ascolta import senza_ascolto
from catalogo.models import Accordo, Adesione, Ente, Operatore
from catalogo.models.accordo import Condizione

Riga = TypeVar("Riga", bound=Model)


@dataclass(frozen=True)
class Aderente:
    """A body of the network as the desk sees it. `adesione` is None for the lead body, which signs as such."""

    ente: Ente
    adesione: Adesione | None
    condizione: Condizione | None
    preavviso: int | None  # 180, 90 or 30 days before the end, unless already renewed
    giorni: int | None
    operatori: list[Operatore]
    governato: bool = True  # whether the desk may touch who acts for it
    senza_ascolto: bool = False  # it is asked for help, and nobody there may listen


@dataclass(frozen=True)
class Rete:
    accordi: list[Accordo]
    aderenti: list[Aderente]
    da_riassegnare: str  # in the words of `pochi`; empty for none


@transaction.atomic
def rete(attore: Attore) -> Rete:
    """Every body of the agreements that the actor's body leads, with who acts for it from today on."""
    oggi = timezone.localdate()
    accordi = list(led_by(attore))
    adesioni = Adesione.objects.filter(accordo__in=accordi).select_related("ente", "accordo", "rinnovo")
    current = _current(adesioni.order_by("valida_dal", "pk"), oggi)
    people: dict[int, list[Operatore]] = {}
    for operatore in ties(attore).order_by("utente__last_name", "utente__first_name", "dal", "pk"):
        people.setdefault(operatore.ente_id, []).append(operatore)
    lead = attore.operatore.ente
    rows = [Aderente(lead, None, None, None, None, people.get(lead.pk, []))] if accordi else []
    run = set(bodies(attore).values_list("pk", flat=True))
    others = [each for each in current if each.ente_id != lead.pk]
    rows += [_row(each, oggi, people.get(each.ente_id, []), each.ente_id in run) for each in others]
    unheard = senza_ascolto(run)
    rows = [replace(each, senza_ascolto=each.ente.pk in unheard) for each in rows]
    record(attore, Azione.ACCREDITARE, dettaglio=Dettaglio(finalita="elenco", risultati=len(rows)))
    return Rete(accordi, rows, _without_responsible(attore))


def led_by(attore: Attore) -> QuerySet[Accordo]:
    """The agreements in force that the actor's body leads: what he may accredit for."""
    return Accordo.objects.in_force(timezone.localdate()).filter(capofila=attore.operatore.ente_id)


def bodies(attore: Attore) -> QuerySet[Ente]:
    """The lead body and whose adhesion to the actor's agreements is open today; none that leads another network."""
    led = led_by(attore)
    mine = Q(accordi_guidati__in=led) | Q(pk__in=open_under(led).values("ente"))
    found = Ente.objects.filter(mine, attivo=True).exclude(pk__in=led_by_others(attore).values("capofila"))
    return found.distinct().order_by("nome", "pk")


def gone(ente: int) -> QuerySet[Ente]:
    """The bodies that signed an agreement of `ente`, while it leads one, and that no network runs today."""
    running = Accordo.objects.in_force(timezone.localdate())
    signed = Adesione.objects.filter(accordo__capofila__in=running.filter(capofila=ente).values("capofila"))
    found = Ente.objects.filter(pk__in=signed.values("ente")).exclude(pk__in=run_today().values("ente"))
    return found.exclude(pk__in=running.values("capofila")).order_by("nome", "pk")


def only_ours(attore: Attore) -> QuerySet[Ente]:
    """Of those, the ones that no other lead body runs with him."""
    theirs = open_under(led_by_others(attore)).exclude(ente=attore.operatore.ente_id)
    return bodies(attore).exclude(pk__in=theirs.values("ente"))


def led_by_others(attore: Attore) -> QuerySet[Accordo]:
    """The agreements in force of the other networks."""
    return Accordo.objects.in_force(timezone.localdate()).exclude(capofila=attore.operatore.ente_id)


def ties(attore: Attore) -> QuerySet[Operatore]:
    """Those of these bodies."""
    return not_ended().filter(ente__in=bodies(attore)).select_related("utente", "ente").order_by("pk")


def not_ended() -> QuerySet[Operatore]:
    """Today's ties and those to come, of everybody."""
    still = Q(al__isnull=True) | Q(al__gte=timezone.localdate())
    return Operatore.objects.filter(still, chiuso_il__isnull=True)


def ente_in_rete(attore: Attore, pk: int) -> Ente:
    return _one(bodies(attore), pk)


def legame(attore: Attore, pk: int) -> Operatore:
    return _one(ties(attore), pk)


def adesione(attore: Attore, pk: int) -> Adesione:
    found = Adesione.objects.filter(accordo__in=led_by(attore)).select_related("ente", "accordo").order_by("pk")
    return _one(found, pk)


def _one(rows: QuerySet[Riga], pk: int) -> Riga:
    """Raises Assente for another network's as for none."""
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Assente
    return found


def _current(adesioni: Iterable[Adesione], oggi: date) -> list[Adesione]:
    """One adhesion for each body and agreement, by name: the last that has begun, or the first to come."""
    chosen: dict[tuple[int, int], Adesione] = {}
    for each in adesioni:
        key = (each.ente_id, each.accordo_id)
        if key not in chosen or each.valida_dal <= oggi:
            chosen[key] = each
    return sorted(chosen.values(), key=lambda each: (each.ente.nome, each.pk))


def _row(adesione: Adesione, oggi: date, operatori: list[Operatore], governato: bool) -> Aderente:
    renewed = hasattr(adesione, "rinnovo")
    condizione = adesione.condizione(oggi)
    if renewed and condizione == Condizione.IN_SCADENZA:
        condizione = Condizione.IN_VIGORE
    notice = adesione.preavviso(oggi) if condizione == Condizione.IN_SCADENZA else None
    return Aderente(adesione.ente, adesione, condizione, notice, adesione.giorni(oggi), operatori, governato)


def _without_responsible(attore: Attore) -> str:
    """How many open cases of the actor's body are in the hands of nobody who may still work, as his desk lists them."""
    left = placed(attore).filter(sezione=SENZA_RESPONSABILE, finito=False).count()
    return pochi(left) if left else ""


def next_start(adesione: Adesione) -> date:
    """The day on which a renewal begins if nothing else is said: the one after the end, or today when that is past."""
    last = min(adesione.valida_al or timezone.localdate(), date.max - timedelta(days=1))
    follows = last + timedelta(days=1)
    return max(follows, timezone.localdate()) if adesione.valida_al else follows
