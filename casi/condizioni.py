"""Conditions as `policies` uses them: asked of facts in hand, or opening rows to who may do certain actions."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache, reduce
from operator import or_
from typing import Any, TypeVar

from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from casi.models import Destinatario, EsitoAscolto, Passaggio
from casi.percorso import Passo
from casi.ruoli import Azione
from catalogo.models import Accordo, Adesione, Operatore

Righe = TypeVar("Righe", bound=QuerySet[Any])
MINORI = "segnalazione__minori_a_rischio"  # of a conversation
QUI = "@qui@"  # where a statement made once names the column of the query around it


def holds(rule: Q, facts: Mapping[str, bool]) -> bool:
    """Whether `rule`, a Q over names of `facts`, is true of them, as the database would answer."""
    children: list[Any] = rule.children
    answers = (holds(each, facts) if isinstance(each, Q) else facts[each[0]] is each[1] for each in children)
    return all(answers) if rule.connector == Q.AND else any(answers)


def opened(rows: Righe, rules: Mapping[Azione, Q], azioni: frozenset[Azione]) -> Righe:
    """The rows that the rule of some action in `azioni` opens."""
    rules_held = [rule for azione, rule in rules.items() if azione in azioni]
    return rows.filter(reduce(or_, rules_held)) if rules_held else rows.none()


def written_by_level(operatore: Operatore) -> dict[Azione, Q]:
    """Which diary entries and files each reading action opens to `operatore` (domain.md §5.2).

    What a body wrote before it gave the case away goes with the case, to the people of who holds it now.
    """
    ordinary, ours = Q(livello__lte=3), Q(ente=operatore.ente_id)
    handed = Passaggio.objects.filter(passo=Passo.TRASFERISCE, caso=OuterRef("caso"), operatore__ente=OuterRef("ente"))
    with_the_case = Q(Exists(handed.filter(quando__gte=OuterRef("creato_il"))), caso__ente_titolare=operatore.ente_id)
    return {
        Azione.DIARIO_PROPRIO: ordinary & Q(autore=operatore.pk),
        Azione.DIARIO_ENTE: ordinary & (ours | with_the_case),
        Azione.DIARIO_CONDIVISO: ordinary & Q(condiviso=True),
        Azione.NOTE_PROFESSIONALI: ours & Q(livello=4),
    }


def unless(rows: Righe, flag: str, *, reads: bool) -> Righe:
    """The rows as they are for who `reads` also the flagged ones; for others without those."""
    return rows if reads else rows.exclude(**{flag: True})


def named(operatore: Operatore) -> Q:
    """Entries that `operatore` wrote, or is named on."""
    rows = Destinatario.objects.filter(voce=OuterRef("pk"), operatore=operatore.pk)
    return Q(autore=operatore.pk) | Q(Exists(rows))


def proposed_to(capofila: int) -> Q:
    """The conversations in which a body of the network of `capofila` asks it to take somebody on."""
    network = Adesione.objects.in_force(timezone.localdate()).filter(accordo__capofila=capofila)
    waiting = Q(esito=EsitoAscolto.PROPOSTA, non_presa_il=None)
    return waiting & Q(Exists(network.filter(ente=OuterRef("ente"))))


def written_out(rows: QuerySet[Any]) -> RawSQL:
    """Whether there are any `rows`, which depend on nothing around them: Django's own SQL, made once."""
    statement, values = rows.query.exists().sql_with_params()
    return RawSQL(f"EXISTS ({statement})", values, output_field=BooleanField())  # noqa: S611 (no word of it is typed)


def on_case(rows: QuerySet[Any], link: str = "caso") -> Func:
    """Whether any of `rows` points with `link` to the case of the query around."""
    return pointing(rows, link, at="pk")


def pointing(rows: QuerySet[Any], link: str, at: str) -> Func:
    """Whether any of `rows` points with `link` to what the query around has in `at`."""
    linked = rows.filter(**{link: RawSQL(QUI, ())})  # noqa: S611 (no word of it is typed)
    return _Pointing(at, *linked.query.exists().sql_with_params())


class _Pointing(Func):
    """Django's own SQL, made once: a column is all that it takes from the query around.

    The statement names its tables by their own names: raises ValueError where the query around uses one of them for the
    column, which would be taken for the statement's own.
    """

    output_field = BooleanField()

    def __init__(self, at: str, statement: str, values: tuple[Any, ...]) -> None:
        super().__init__(F(at))
        self.statement, self.values = statement, values

    def as_sql(self, compiler: Any, *_args: Any, **_extra: Any) -> tuple[str, tuple[Any, ...]]:
        column, _no_values = compiler.compile(self.source_expressions[0])
        table, _, _ = column.rpartition(".")
        if f"{table}." in self.statement:
            raise ValueError(f"{column} is of a table of the statement itself")
        return f"EXISTS ({self.statement.replace(QUI, column)})", self.values


def in_network(ente: str = "") -> Q:
    """Whether the body in `ente` (or a body itself) is active and in the network today: it leads an agreement, or its
    adhesion and its privacy deed are in force. The words are kept for the day, the answer never."""
    return Q((f"{ente}__attivo" if ente else "attivo", True)) & _adhering(ente or "pk", timezone.localdate())


@lru_cache(maxsize=50)
def _adhering(ente: str, today: date) -> Q:
    leads, adheres = Accordo.objects.in_force(today), Adesione.objects.in_force(today)
    return Q(pointing(leads, "capofila", ente)) | Q(pointing(adheres, "ente", ente))
