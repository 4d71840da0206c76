"""Second factors to be forgotten, for the second of the two people it takes."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from casi.attore import Attore
from casi.errori import Assente
from casi.models import Esito, Registro, Ripristino
from casi.models.ripristino import VALE
from casi.registro import LEGGE, Dettaglio, record
from casi.ruoli import RUOLI, Azione
from casi.selectors.accredito import ties
from catalogo.models import Operatore

DA_QUANTO = timedelta(days=30)
FATTORE, EMAIL, PROPOSTA = "fattore", "email", "proposta"
RIPRISTINI = (Azione.RIPRISTINARE_ACCESSO, Azione.CONFERMARE_RIPRISTINO)


@dataclass(frozen=True)
class Ripristini:
    """`da_confermare`: by the actor. `miei`: what he has proposed himself, for somebody else to confirm."""

    da_confermare: list[Ripristino]
    miei: list[Ripristino]


def proposed(attore: Attore) -> QuerySet[Ripristino]:
    """Those of the actor's network that have not run out."""
    network: Any = ties(attore).order_by().values("pk")
    return Ripristino.objects.filter(proposto_il__gt=timezone.now() - VALE, legame__in=network)


def for_me(attore: Attore) -> QuerySet[Ripristino]:
    """Those the actor may confirm: proposed by another person, about another person."""
    me = attore.operatore.utente_id
    return proposed(attore).exclude(proposto_da__utente=me).exclude(legame__utente=me)


@transaction.atomic
def ripristini(attore: Attore) -> Ripristini:
    found = list(for_me(attore).select_related("legame__utente", "legame__ente", "proposto_da__utente"))
    mine = proposed(attore).filter(proposto_da__utente=attore.operatore.utente_id)
    told = Dettaglio(finalita="elenco", risultati=len(found))
    record(attore, Azione.CONFERMARE_RIPRISTINO, dettaglio=told)
    return Ripristini(found, list(mine.select_related("legame__utente", "legame__ente")))


@transaction.atomic
def ripristino(attore: Attore, pk: UUID) -> Ripristino:
    """Raises Assente: none, run out, one's own, another network's."""
    rows = for_me(attore).select_related("legame__utente", "legame__ente", "proposto_da__utente")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise Assente
    record(attore, Azione.CONFERMARE_RIPRISTINO, dettaglio=Dettaglio(found, finalita=LEGGE))
    return found


def in_office(ente: int, azione: Azione, *, senza: Iterable[int] = ()) -> list[Operatore]:
    """Who may do `azione` for that lead body today; none of the accounts in `senza`."""
    ruoli = [ruolo for ruolo, cosa in RUOLI.items() if azione in cosa.azioni]
    found = Operatore.objects.acting(timezone.localdate()).filter(ente=ente, ente__attivo=True, ruolo__in=ruoli)
    able = found.exclude(utente__in=list(senza))
    return list(able.select_related("utente", "ente").order_by("utente__last_name", "utente__first_name", "pk"))


def may_confirm(attore: Attore, *, about: Iterable[int]) -> list[Operatore]:
    """Who could confirm today what `attore` proposes; none of the accounts it is `about`."""
    senza = {attore.operatore.utente_id, *about}
    office = in_office(attore.operatore.ente_id, Azione.CONFERMARE_RIPRISTINO, senza=senza)
    new = newcomers(office)
    return [each for each in office if each.pk not in new]


def newcomers(ties: Iterable[Operatore]) -> set[int]:
    """Those whose role or mailbox was given lately: by who could have made them up for it."""
    lately = Registro.objects.filter(quando__gte=timezone.now() - DA_QUANTO, esito=Esito.CONSENTITO)
    roles = {f"{atto} {tie.pk}": tie.pk for tie in ties for atto in ("accredita", "cambia ruolo")}
    given = lately.filter(azione=Azione.ACCREDITARE, finalita__in=list(roles)).values_list("finalita", flat=True)
    moved = lately.filter(azione__in=RIPRISTINI, finalita__startswith=f"{EMAIL} ").values_list("finalita", flat=True)
    mailboxes = {int(told.rsplit(" ", 1)[1]) for told in moved}
    return {roles[told] for told in given} | {tie.pk for tie in ties if tie.utente_id in mailboxes}


def done(what: str, utente: int, within: timedelta) -> bool:
    """Whether the register says that `what` was done to the account."""
    return _lines(what, utente, within).exists()


def still_announced(what: str, utente: int, within: timedelta) -> bool:
    """Whether it says so, and that the account's factor was not forgotten since: an announcement counts once."""
    last = _lines(what, utente, within).order_by("-pk").first()
    return last is not None and not _lines(FATTORE, utente, within).filter(pk__gt=last.pk).exists()


def _lines(what: str, utente: int, within: timedelta) -> QuerySet[Registro]:
    about = Q(finalita__startswith=f"{what} ", finalita__endswith=f" {utente}")
    lines = Registro.objects.filter(about, azione__in=RIPRISTINI, esito=Esito.CONSENTITO)
    return lines.filter(quando__gte=timezone.now() - within)
