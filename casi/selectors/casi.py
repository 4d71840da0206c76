"""Reading cases: through the decision, and written down in the same transaction."""

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.errori import Assente
from casi.models import AccessoEmergenza, Caso, Componente, Esito, Incarico, Parte, RuoloNelNucleo, StatoCaso
from casi.parole import fascia
from casi.percorso import IN_CARICO, Passo, Transizione, possibili
from casi.registro import NIENTE, Dettaglio, record
from casi.ruoli import Azione
from casi.scritte import pointing
from casi.selectors.conclusa import che_cosa_manca, da_accettare
from casi.selectors.nomi import called, di_riferimento
from catalogo.models import Ente

Cosa = TypeVar("Cosa")
PAGE = 50
RECENTI = ("-aperto_il", "pk")
STATI = StatoCaso.choices


@dataclass(frozen=True)
class Filtri:
    """What the list is narrowed to; `dopo` is the last case of the page before."""

    stato: str = ""
    urgenti: bool = False
    in_ritardo: bool = False
    dopo: UUID | None = None


@dataclass(frozen=True)
class Riga:
    """A case in a list: what its summary tells, and a name only where the persons may be seen."""

    caso: Caso
    persone: str  # how many, roughly
    ente: str  # who holds it
    nome: str = ""
    responsabile: str = ""
    tardi: str = ""  # why it is late


@dataclass(frozen=True)
class Elenco:
    """One page of cases, newest first. `altri`: there are more than these; `cercato`: what they were looked for by."""

    righe: list[Riga]
    altri: bool
    filtri: Filtri = field(default_factory=Filtri)
    cercato: str = ""

    @property
    def casi(self) -> list[Caso]:
        return [riga.caso for riga in self.righe]

    @property
    def ultimo(self) -> UUID:
        return self.righe[-1].caso.pk


@dataclass(frozen=True)
class Aperto:
    """A case opened by somebody, with all that he may do on it: pages show a button only for what is in `azioni`."""

    caso: Caso
    azioni: frozenset[Azione]
    fatti: Mapping[str, bool] = field(default_factory=dict)


@transaction.atomic
def elenco_casi(attore: Attore, filtri: Filtri = Filtri()) -> Elenco:
    """A page of the cases the actor may list; which ones were shown is in the register."""
    visible = policies.visible_to(attore)
    found = visible.filter(narrowed(filtri, visible)).order_by(*RECENTI)
    some = list(found.values_list("pk", flat=True)[: PAGE + 1])
    shown = some[:PAGE]
    record(attore, Azione.ELENCARE_CASI, casi=shown, dettaglio=Dettaglio(risultati=len(shown)))
    return Elenco(righe=righe(summarised(attore, shown).order_by(*RECENTI)), altri=len(some) > PAGE, filtri=filtri)


def narrowed(filtri: Filtri, visible: QuerySet[Caso]) -> Q:
    """The page before ends with a case the actor may see: from another one the list goes on nowhere."""
    today, found = timezone.localdate(), Q()
    if filtri.stato:
        found &= Q(stato=filtri.stato)
    if filtri.urgenti:
        found &= Q(urgente_fino_al__gte=today)
    if filtri.in_ritardo:
        found &= in_ritardo(today)
    if filtri.dopo:
        opened = Subquery(visible.filter(pk=filtri.dopo).order_by("pk").values("aperto_il")[:1])
        found &= Q(aperto_il__lt=opened) | Q(aperto_il=opened, pk__gt=filtri.dopo)
    return found


def in_ritardo(today: date) -> Q:
    """A review that should have been held, an assessment that urgent help could not wait for."""
    review = Q(prossima_verifica__lt=today, stato__in=IN_CARICO)
    return review | Q(urgente_fino_al__lt=today, stato__in=(StatoCaso.PRIMO_ASCOLTO, StatoCaso.IN_VALUTAZIONE))


def perche_tardi(caso: Caso, today: date) -> str:
    """The same of a case in hand; empty when it is not late."""
    if caso.stato in IN_CARICO and caso.prossima_verifica and caso.prossima_verifica < today:
        return "verifica"
    early = caso.stato in (StatoCaso.PRIMO_ASCOLTO, StatoCaso.IN_VALUTAZIONE)
    return "urgenza" if early and caso.urgente_fino_al and caso.urgente_fino_al < today else ""


def prossimo(caso: Caso, azioni: Collection[Azione], today: date) -> Transizione | None:
    """What one would do next with the case. A review is next when none is fixed, or when its day has passed."""
    main = (each for each in offerti(caso, azioni) if each.principale)
    fixed = caso.prossima_verifica is not None and caso.prossima_verifica >= today
    return next((each for each in main if not (fixed and each.passo is Passo.FISSA_VERIFICA)), None)


def offerti(caso: Caso, azioni: Collection[Azione]) -> list[Transizione]:
    """The steps a page offers: a household is told once. `caso` comes with `che_cosa_manca`."""
    told = getattr(caso, "da_avvisare", None) is None
    return [each for each in possibili(caso.stato, azioni) if not (told and each.passo is Passo.AVVISA)]


def summarised(attore: Attore, shown: Iterable[Any]) -> QuerySet[Caso]:
    """The cases of a page, each with how many live there, who is responsible, and whether the actor may see names.

    Asked of these few alone, so that it costs the same however many he may see. `shown`: their keys, which the decision
    has just answered, or the question it is to answer for them.
    """
    today = timezone.localdate()
    standing = Incarico.objects.in_force(today).filter(caso=OuterRef("pk"), parte=Parte.RESPONSABILE).order_by("pk")
    who: Any = policies.visible_to(attore, Azione.VEDERE_PERSONE).filter(pk=OuterRef("pk"))
    holder = Ente.objects.filter(pk=OuterRef("ente_titolare")).values("nome")
    page = Caso.objects.filter(pk__in=shown)
    return page.annotate(
        ente=Subquery(holder),  # a join here leads the planner astray: it would go through every body for every case
        quante=how_many(),
        responsabile=Coalesce(Subquery(standing.values(chi=called("operatore__utente"))[:1]), Value("")),
        con_nome=Exists(who),
    )


def how_many() -> Coalesce:
    """How many live today in the household of the case of the query around."""
    living = Componente.objects.in_force(timezone.localdate()).filter(nucleo=OuterRef("nucleo")).order_by()
    return Coalesce(Subquery(living.values("nucleo").annotate(n=Count("pk")).values("n")), Value(0))


def righe(casi: Iterable[Caso]) -> list[Riga]:
    """One more question for all of `casi`, which come from `summarised`: the names of those that may be named."""
    shown, today = list(casi), timezone.localdate()
    named = [caso.nucleo_id for caso in shown if caso.con_nome and caso.nucleo_id]  # type: ignore[attr-defined]
    living = Componente.objects.in_force(today)
    theirs = living.filter(nucleo=OuterRef("nucleo"), ruolo=RuoloNelNucleo.RIFERIMENTO)
    heads = living.filter(Q(ruolo=RuoloNelNucleo.RIFERIMENTO) | ~Q(Exists(theirs)), nucleo__in=named)
    members: dict[UUID, list[Componente]] = {}
    for each in heads.select_related("persona").order_by("dal", "pk"):
        members.setdefault(each.nucleo_id, []).append(each)
    names = {nucleo: di_riferimento(people).persona.nominativo for nucleo, people in members.items()}  # type: ignore[union-attr]
    return [
        Riga(
            caso=caso,
            persone=fascia(caso.quante),  # type: ignore[attr-defined]
            ente=caso.ente,  # type: ignore[attr-defined]
            nome=names.get(caso.nucleo_id, "") if caso.nucleo_id and caso.con_nome else "",  # type: ignore[attr-defined]
            responsabile=caso.responsabile,  # type: ignore[attr-defined]
            tardi=perche_tardi(caso, today),
        )
        for caso in shown
    ]


def open_caso(attore: Attore, pk: UUID, azione: Azione, dettaglio: Dettaglio = NIENTE) -> Aperto:
    """The case, for doing `azione` on it. Raises Assente for absent and forbidden alike, after the same queries.

    Yes or no, one line is written; what cannot be written is not shown. Without another purpose the line says on what
    the opening rests: «titolare», «ammesso», or «emergenza» with the access that was declared. It keeps the rows too.
    """
    return open_parte(attore, pk, azione, lambda caso: caso, dettaglio)[0]


def open_parte(
    attore: Attore, pk: UUID, azione: Azione, find: Callable[[Caso], Cosa | None], dettaglio: Dettaglio = NIENTE
) -> tuple[Aperto, Cosa]:
    """The same, and what `find` finds in the case: a part that is another case's was refused, and the line says so."""

    def read(aperto: Aperto) -> tuple[Cosa, Dettaglio] | None:
        found = find(aperto.caso)
        return None if found is None else (found, dettaglio)

    return open_and_read(attore, pk, azione, read, dettaglio)


def open_and_read(
    attore: Attore,
    pk: UUID,
    azione: Azione,
    read: Callable[[Aperto], tuple[Cosa, Dettaglio] | None],
    asked: Dettaglio = NIENTE,
) -> tuple[Aperto, Cosa]:
    """The same, where what the line says depends on what `read` finds; with nothing found it says what was `asked`."""
    with transaction.atomic():
        facts = policies.facts_on(attore, pk)
        azioni = policies.azioni_con(attore, facts)
        caso = _as_read_by(attore.operatore.pk).filter(pk=pk).first() if azioni else None
        aperto = Aperto(caso, azioni, facts or {}) if caso and azione in azioni else None
        grounds = facts.grounds(azione) if facts and aperto else {}
        attore.rests_on(azione, pk, grounds)
        found = read(aperto) if aperto else None
        esito = Esito.NEGATO if found is None else Esito.CONSENTITO
        told = _grounded(found[1], grounds) if found else asked
        record(attore, azione, casi=[pk], esito=esito, dettaglio=told)
    if aperto is None or found is None:
        raise Assente
    return aperto, found[0]


@lru_cache(maxsize=500)
def _as_read_by(operatore: int) -> QuerySet[Caso]:
    """Cases, each with what it waits for, answers (`proposto`) and his own (`proposto_a_me`) included: the words are
    kept, the answer never."""
    asked = da_accettare().order_by("pk")
    waits = {
        "proposto": pointing(asked, "caso", at="pk"),
        "proposto_a_me": pointing(asked.filter(assegnata_a=operatore), "caso", at="pk"),
    }
    return Caso.objects.select_related("ente_titolare", "comune").annotate(**waits, **che_cosa_manca(operatore))


def _grounded(dettaglio: Dettaglio, grounds: Mapping[str, list[UUID]]) -> Dettaglio:
    if "emergenza" in grounds:
        return replace(dettaglio, finalita="emergenza", oggetto=AccessoEmergenza(pk=grounds["emergenza"][0]))
    ground = "titolare" if "titolare" in grounds else "ammesso"
    return replace(dettaglio, finalita=dettaglio.finalita or ground)
