"""Conditions as `policies` uses them: asked of facts in hand, or opening rows to who may do certain actions."""

from collections.abc import Mapping
from functools import reduce
from itertools import chain
from operator import or_
from typing import Any, TypeVar

from django.db.models import Exists, Func, Model, OuterRef, Q, QuerySet
from django.utils import timezone

from casi.attore import Attore
from casi.models import (
    Allegato,
    Arrivo,
    EsitoAscolto,
    Intervento,
    Passaggio,
    PrimoAscolto,
    StatoRichiesta,
    Valutazione,
    VoceDiario,
    VoceValutazioneRiservata,
)
from casi.models.limiti import COSE, is_hidden
from casi.nominati import nominati
from casi.percorso import Passo
from casi.reti import in_network, once_signed
from casi.ruoli import REGOLE, RUOLI, Azione
from casi.scritte import pointing
from catalogo.models import Adesione, Operatore

Righe = TypeVar("Righe", bound=QuerySet[Any])
UnArrivo = TypeVar("UnArrivo", bound=Arrivo)
MINORI = "segnalazione__minori_a_rischio"  # of a conversation
# Of what may be hidden: its column in `Oscuramento`, and where a row says which it is of.
COLONNE: dict[type[Model], tuple[str, str]] = {
    VoceDiario: ("voce", ""),
    Allegato: ("allegato", ""),
    Intervento: ("intervento", ""),
    PrimoAscolto: ("ascolto", ""),
    Valutazione: ("valutazione", ""),
    VoceValutazioneRiservata: ("valutazione", "valutazione__"),
}


def holds(rule: Q, facts: Mapping[str, bool]) -> bool:
    """Whether `rule`, a Q over names of `facts`, is true of them, as the database would answer."""
    children: list[Any] = rule.children
    answers = (holds(each, facts) if isinstance(each, Q) else facts[each[0]] is each[1] for each in children)
    return all(answers) if rule.connector == Q.AND else any(answers)


def relied_on(rule: Q, facts: Mapping[str, bool]) -> list[str]:
    """The facts that make `rule` true by being so themselves, of several ways the first; none where it is not true."""
    children: list[Any] = [each for each in rule.children if holds(Q(each), facts)] if holds(rule, facts) else []
    first = children if rule.connector == Q.AND else children[:1]
    names = (relied_on(each, facts) if isinstance(each, Q) else [each[0]][: each[1]] for each in first)
    return list(chain.from_iterable(names))


def by_code(ruolo: str) -> Q:
    """What lets the number of a case be told: no conflict, and no seal but for who watches over what others do."""
    sealed = Q() if Azione.LEGGERE_REGISTRO in RUOLI[ruolo].azioni else Q(sigillato_per_me=False)
    return Q(conflitto=False) & sealed


def opened(rows: Righe, rules: Mapping[Azione, Q], azioni: frozenset[Azione]) -> Righe:
    """The rows that the rule of some action in `azioni` opens."""
    rules_held = [rule for azione, rule in rules.items() if azione in azioni]
    return rows.filter(reduce(or_, rules_held)) if rules_held else rows.none()


def seen(attore: Attore, rows: Righe) -> Righe:
    """The rows without those that somebody has hidden; who wrote one goes on seeing it."""
    cosa, where = COLONNE[rows.model]
    return rows.filter(~is_hidden(cosa, of=f"{where}pk") | Q((f"{where}{COSE[cosa]}", attore.operatore.pk)))


def by_level(operatore: Operatore) -> dict[Azione, Q]:
    """Which diary entries and files each reading action opens to `operatore` (domain.md §5.2).

    What a body wrote before it gave the case away goes with the case, to the people of who holds it now.
    """
    ours = Q(ente=operatore.ente_id)
    handed = Passaggio.objects.filter(passo=Passo.TRASFERISCE, caso=OuterRef("caso"), operatore__ente=OuterRef("ente"))
    with_the_case = Q(Exists(handed.filter(quando__gte=OuterRef("creato_il"))), caso__ente_titolare=operatore.ente_id)
    whose = {
        Azione.DIARIO_PROPRIO: Q(autore=operatore.pk),
        Azione.DIARIO_ENTE: ours | with_the_case,
        Azione.DIARIO_CONDIVISO: Q(condiviso=True),
        Azione.NOTE_PROFESSIONALI: ours,
    }
    return {azione: at_its_level(azione) & rule for azione, rule in whose.items()}


def reserved_to(operatore: Operatore, cosa: str) -> dict[Azione, Q]:
    """Level 5 of the diary (`cosa` "voce"), or of an assessment ("area"): what `operatore` wrote, or is named on.

    Who assesses no more reads nothing of what he wrote in an assessment.
    """
    named = Q(Exists(nominati().filter(**{cosa: OuterRef("pk")}, operatore=operatore.pk)))
    if cosa == "area":
        return {Azione.VALUTARE: Q(valutazione__autore=operatore.pk), Azione.VOCI_RISERVATE: named}
    return {Azione.VOCI_RISERVATE: at_its_level(Azione.VOCI_RISERVATE) & (Q(autore=operatore.pk) | named)}


def at_its_level(azione: Azione) -> Q:
    return Q(livello__in=sorted(REGOLE[azione].livelli))


def unless(rows: Righe, flag: str, *, reads: bool) -> Righe:
    """The rows as they are for who `reads` also the flagged ones; for others without those."""
    return rows if reads else rows.exclude(**{flag: True})


def proposed_to(capofila: int) -> Q:
    """The conversations in which a body of the network of `capofila` asks it to take on somebody who still wants it.

    Also of one that was, and today is in none: she waits for the answer all the same.
    """
    of_the_body = {"accordo__capofila": capofila, "ente": OuterRef("ente")}
    network = Q(Exists(Adesione.objects.in_force(timezone.localdate()).filter(**of_the_body)))
    left = ~in_network("ente") & Q(Exists(once_signed().filter(**of_the_body)))
    waiting = Q(esito=EsitoAscolto.PROPOSTA, non_presa_il=None) & ~Q(richiesta__stato=StatoRichiesta.RITIRATA)
    return waiting & (network | left)


def on_case(rows: QuerySet[Any], link: str = "caso") -> Func:
    """Whether any of `rows` points with `link` to the case of the query around."""
    return pointing(rows, link, at="pk")
