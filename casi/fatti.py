"""The facts a rule asks about: conditions on the cases of a list, or answers in hand for one case.

Each fact is written once, as a condition on the case of the query around it; what comes in several values (permission
rows, scopes of admission) is read for one case in a single question.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache, lru_cache, partial
from typing import Any, NamedTuple
from uuid import UUID

from django.contrib.auth.models import Permission
from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.fields import ArrayField
from django.db.models import CharField, F, Func, OuterRef, Q, QuerySet
from django.db.models.functions import Cast
from django.utils import timezone

from casi import models
from casi.attore import Attore
from casi.condizioni import on_case, relied_on
from casi.ruoli import PERMESSI, Azione
from casi.scritte import ADESSO, CASO, ENTE, OPERATORE, UTENTE, Scritta

QUI = OuterRef("pk")  # the case of the query around
CON_ALTRI = Q(stato__in=models.CON_ALTRI_ENTI)
TESTO = CharField()
PER_AMBITO = Func(  # an admission once for each of its scopes: its key, the scope
    Cast("pk", TESTO), Func(F("ambiti"), function="unnest"), function="ARRAY", template="%(function)s[%(expressions)s]",
    output_field=ArrayField(TESTO),
)  # fmt: skip
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


def assignments(who: Chi) -> QuerySet[models.Incarico]:
    return models.Incarico.objects.in_force(who.oggi).filter(operatore=who.operatore)


def emergencies(who: Chi, now: datetime) -> QuerySet[models.AccessoEmergenza]:
    """Those the actor has declared, not yet over."""
    declared = models.AccessoEmergenza.objects.filter(operatore=who.operatore)
    return declared.filter(inizio__lte=now, fine__gt=now, chiuso_il__isnull=True)


def _in_conflict(who: Chi) -> Condizione:
    return on_case(models.Incompatibilita.objects.in_force(who.oggi).filter(utente=who.utente))


def _sealed(who: Chi) -> Condizione:
    named = models.NominatoAlSigillo.objects.in_force(who.oggi).filter(operatore=who.operatore)
    return Q(sigillato=True) & ~Q(on_case(named))


def _of_his_networks(who: Chi) -> Condizione:
    return ~Q(ente_titolare__in=sorted(who.altre_reti)) if who.altre_reti else Q(pk__isnull=False)


SEMPLICI: Mapping[str, Callable[[Chi], Condizione]] = {
    "titolare": lambda who: Q(ente_titolare=who.ente),
    "della_rete": _of_his_networks,
    "incaricato": lambda who: on_case(assignments(who)),
    "conflitto": _in_conflict,
    "sigillato": lambda who: Q(sigillato=True),
    "sigillato_per_me": _sealed,
}


def condition(who: Chi, fact: str) -> Condizione:
    """One fact, as a question to the database."""
    return on_case(emergencies(who, timezone.now())) if fact == "emergenza" else _of_the_day(who, fact)


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


class Fatti(dict[str, bool]):
    """The facts of a case. `righe`: the keys of the rows, in force now, by which some of them hold; `rule`: the one of
    each action, for who asks."""

    def __init__(self, facts: Mapping[str, bool], righe: Mapping[str, list[UUID]], rule: Callable[[Azione], Q]) -> None:
        super().__init__(facts, **{name: bool(found) for name, found in righe.items()})
        self._righe, self._rule = righe, rule

    def grounds(self, azione: Azione) -> dict[str, list[UUID]]:
        """The facts by which `azione` is allowed, each with the rows it holds by, if any (domain.md §5.4)."""
        return {name: self._righe.get(name, []) for name in relied_on(self._rule(azione), self)}


def in_hand(
    who: Chi, ruolo: str, stands: Callable[[Chi, str], Any], rule: Callable[[str, Azione], Q], pk: UUID
) -> Fatti | None:
    """Every fact of the case `pk`; None where there is none, or the tie no longer `stands`. One query."""
    meant = {OPERATORE: who.operatore, UTENTE: who.utente, ENTE: who.ente, CASO: pk, ADESSO: timezone.now()}
    anybody = who._replace(operatore=OPERATORE, utente=UTENTE, ente=ENTE)
    found = _all_facts(anybody, ruolo, stands).rows(meant)
    return _told(found[0], partial(rule, ruolo)) if found else None


@lru_cache(maxsize=1_000)
def _all_facts(who: Chi, ruolo: str, stands: Callable[[Chi, str], Any]) -> Scritta:
    scopes = admissions(who).filter(caso=QUI).annotate(per_ambito=PER_AMBITO)
    held_rows = rows(who).filter(content_object=QUI)
    asked = {
        **{name: _of_the_day(who, name) for name in SEMPLICI if name != "incaricato"},
        "incaricato": ArraySubquery(assignments(who).filter(caso=QUI).order_by("pk").values("pk")),
        "emergenza": ArraySubquery(emergencies(who, ADESSO).filter(caso=QUI).order_by("-inizio").values("pk")),
        "con_altri": CON_ALTRI,
        "ammesso": ArraySubquery(scopes.order_by().values("per_ambito")),
        "permessi": ArraySubquery(held_rows.order_by().values("permission")),
    }
    facts = {f"fatto_{name}": each for name, each in asked.items()}
    return Scritta.of(models.Caso.objects.filter(stands(who, ruolo), pk=CASO).annotate(**facts).values(*facts))


def _told(row: Mapping[str, Any], rule: Callable[[Azione], Q]) -> Fatti:
    held, scoped = row["fatto_permessi"], row["fatto_ammesso"] if row["fatto_con_altri"] else []
    righe = {name: row[f"fatto_{name}"] for name in ("incaricato", "emergenza")}
    righe |= {f"ammesso_{each}": [UUID(pk) for pk, scope in scoped if scope == each] for each in models.Ambito.values}
    facts = {name: row[f"fatto_{name}"] for name in SEMPLICI if name not in righe}
    facts |= {f"permesso_{each}": permissions()[each] in held for each in PERMESSI}
    return Fatti(facts, righe, rule)
