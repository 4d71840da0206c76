"""The facts a rule asks about: conditions on the cases of a list, or answers in hand for one case.

Each fact is written once, as a condition on the case of the query around it; what comes in several values (permission
rows, scopes of admission) is read for one case in a single question.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import Permission
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Func, OuterRef, Q, QuerySet
from django.utils import timezone

from casi import models
from casi.attore import Attore
from casi.condizioni import on_case
from casi.ruoli import PERMESSI
from casi.scritte import ADESSO, CASO, ENTE, OPERATORE, UTENTE, Scritta

QUI = OuterRef("pk")  # the case of the query around
CON_ALTRI = Q(stato__in=models.CON_ALTRI_ENTI)
Condizione = Any  # a Q, or what `on_case` gives: both may be asked, and combined within a Q


class Chi(NamedTuple):
    """Whom the facts are about, and on which day."""

    operatore: int
    utente: int
    ente: int
    oggi: date
    altre_reti: frozenset[int]


def chi(attore: Attore, *, reti: bool = True) -> Chi:
    """`reti`: with the other networks, which are asked for; not where no fact is about them."""
    me, others = attore.operatore, attore.altre_reti if reti else frozenset()
    return Chi(me.pk, me.utente_id, me.ente_id, timezone.localdate(), others)


def admissions(who: Chi) -> QuerySet[models.Ammissione]:
    """Those of the actor's body."""
    return models.Ammissione.objects.in_force(who.oggi).filter(ente=who.ente)


def rows(who: Chi) -> QuerySet[models.PermessoUtenteSuCaso]:
    """Guardian's rows of the actor."""
    return models.PermessoUtenteSuCaso.objects.filter(user=who.utente)


@cache
def permissions() -> Mapping[str, int]:
    """The key of each permission on cases, by its name: rows that migrations make and nothing changes."""
    found = Permission.objects.filter(content_type__app_label="casi", content_type__model="caso")
    return dict(found.values_list("codename", "pk"))


def _assigned(who: Chi) -> Condizione:
    return on_case(models.Incarico.objects.in_force(who.oggi).filter(operatore=who.operatore))


def _in_conflict(who: Chi) -> Condizione:
    return on_case(models.Incompatibilita.objects.in_force(who.oggi).filter(utente=who.utente))


def _sealed(who: Chi) -> Condizione:
    named = models.NominatoAlSigillo.objects.in_force(who.oggi).filter(operatore=who.operatore)
    return Q(sigillato=True) & ~Q(on_case(named))


def _of_his_networks(who: Chi) -> Condizione:
    return ~Q(ente_titolare__in=sorted(who.altre_reti)) if who.altre_reti else Q(pk__isnull=False)


def _in_emergency(who: Chi, now: datetime) -> Condizione:
    declared = models.AccessoEmergenza.objects.filter(operatore=who.operatore)
    return on_case(declared.filter(inizio__lte=now, fine__gt=now, chiuso_il__isnull=True))


SEMPLICI: Mapping[str, Callable[[Chi], Condizione]] = {
    "titolare": lambda who: Q(ente_titolare=who.ente),
    "della_rete": _of_his_networks,
    "incaricato": _assigned,
    "conflitto": _in_conflict,
    "sigillato": lambda who: Q(sigillato=True),
    "sigillato_per_me": _sealed,
}


def condition(who: Chi, fact: str) -> Condizione:
    """One fact, as a question to the database."""
    return _in_emergency(who, timezone.now()) if fact == "emergenza" else _of_the_day(who, fact)


@lru_cache(maxsize=10_000)
def _of_the_day(who: Chi, fact: str) -> Condizione:
    """A question that stays the same all day: putting it together takes longer than asking it."""
    kind, _, value = fact.partition("_")
    if kind == "ammesso":
        return CON_ALTRI & Q(on_case(admissions(who).filter(ambiti__contains=[value])))
    if kind == "permesso":
        return on_case(rows(who).filter(permission=permissions()[value]), "content_object")
    return SEMPLICI[fact](who)


def asked(who: Chi, rule: Q) -> Q:
    """`rule`, a Q over names of facts, as a condition on cases."""
    found = Q(_connector=rule.connector)
    children: list[Any] = rule.children
    for each in children:
        if isinstance(each, Q):
            found.add(asked(who, each), rule.connector)
        else:
            fact, wanted = each
            held = Q(condition(who, fact))
            found.add(held if wanted else ~held, rule.connector)
    return found


def in_hand(who: Chi, ruolo: str, stands: Callable[[Chi, str], Any], pk: UUID) -> Mapping[str, bool] | None:
    """Every fact of the case `pk`; None where there is none, or the tie no longer `stands`. One query."""
    meant = {OPERATORE: who.operatore, UTENTE: who.utente, ENTE: who.ente, CASO: pk, ADESSO: timezone.now()}
    anybody = who._replace(operatore=OPERATORE, utente=UTENTE, ente=ENTE)
    found = _all_facts(anybody, ruolo, stands).rows(meant)
    return _told(found[0]) if found else None


@lru_cache(maxsize=1_000)
def _all_facts(who: Chi, ruolo: str, stands: Callable[[Chi, str], Any]) -> Scritta:
    scopes = admissions(who).filter(caso=QUI).annotate(ambito=Func(F("ambiti"), function="unnest"))
    held_rows = rows(who).filter(content_object=QUI)
    asked = {
        **{name: _of_the_day(who, name) for name in SEMPLICI},
        "emergenza": _in_emergency(who, ADESSO),
        "con_altri": CON_ALTRI,
        "ambiti": ArraySubquery(scopes.order_by().values("ambito")),
        "permessi": ArraySubquery(held_rows.order_by().values("permission")),
    }
    facts = {f"fatto_{name}": each for name, each in asked.items()}
    return Scritta.of(models.Caso.objects.filter(stands(who, ruolo), pk=CASO).annotate(**facts).values(*facts))


def _told(row: Mapping[str, Any]) -> Mapping[str, bool]:
    held, scope = row["fatto_permessi"], row["fatto_ambiti"] if row["fatto_con_altri"] else []
    facts = {name: row[f"fatto_{name}"] for name in (*SEMPLICI, "emergenza")}
    facts |= {f"ammesso_{each}": each in scope for each in models.Ambito.values}
    return facts | {f"permesso_{each}": permissions()[each] in held for each in PERMESSI}
