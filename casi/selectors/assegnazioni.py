"""The coordinator's desk: numbers, states, dates. No name of a person in care, no way into a case."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    FilteredRelation,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
    Window,
)
from django.db.models.functions import Coalesce, RowNumber
from django.db.models.lookups import Exact
from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.models import (
    Caso,
    Incarico,
    Intervento,
    Parte,
    Passaggio,
    PresaInCarico,
    StatoCaso,
    StatoIntervento,
    VoceDiario,
    VoceValutazioneRiservata,
)
from casi.models.limiti import is_hidden
from casi.percorso import DA_ASSEGNARE, FINITI, IN_CARICO, Passo
from casi.registro import Dettaglio, record
from casi.ruoli import RUOLI, Azione
from casi.selectors.al_lavoro import at_work
from casi.selectors.casi import how_many
from casi.selectors.conclusa import da_accettare, valutazione_conclusa
from casi.selectors.condivisione import rete_di
from casi.selectors.nomi import called
from casi.selectors.proposte import da_troppo
from catalogo.models import Ente, Operatore
from catalogo.models.operatore import RuoloOperatore

PER_PAGINA, PRIMI = 25, 10  # cases on a page of one section; of each, where all are shown
# Those that are over last; then the urgent ones, then who has waited longest, or was taken charge of first.
ORDINE = ("finito", F("urgente_fino_al").asc(nulls_last=True), "aspetta_dal", "pk")
# The sections of the desk, in its order. A case is in the first whose condition holds, read from `_sezione`.
DA_ASSEGNARE_ORA, SENZA_RESPONSABILE, DA_CONTROFIRMARE, IN_ATTESA, PRESI = SEZIONI = (
    "da_assegnare",
    "senza_responsabile",
    "da_controfirmare",
    "in_attesa",
    "in_carico",
)
PRENDONO_CASI = [ruolo for ruolo in RuoloOperatore.values if Azione.ACCETTARE in RUOLI[ruolo].azioni]


@dataclass(frozen=True)
class Sezione:
    """A page of one section: cases with `dal` (in this state since) and what `desk` knows besides."""

    casi: list[Any]
    quanti: int = 0  # in the whole section
    pagina: int = 0  # of the section; 0 where all the sections are shown

    @property
    def prima(self) -> int:
        return self.pagina - 1

    @property
    def dopo(self) -> int:
        return self.pagina + 1

    @property
    def altri(self) -> int:
        """How many come after these."""
        return max(0, self.quanti - max(0, self.prima) * PER_PAGINA - len(self.casi))


@dataclass(frozen=True)
class Assegnazioni:
    sezioni: dict[str, Sezione]

    def di(self, nome: str) -> list[Any]:
        return self.sezioni[nome].casi if nome in self.sezioni else []


@transaction.atomic
def assegnazioni(attore: Attore, sezione: str = "", pagina: int = 1) -> Assegnazioni:
    """The cases of the actor's body that wait for him, and those in somebody's hands: the first of each section, or a
    page of one. None is cut off by those of another section."""
    if sezione in SEZIONI:
        pages, first, last = _empty(sezione), (pagina - 1) * PER_PAGINA, pagina * PER_PAGINA
    else:
        pages, pagina, first, last = _empty(*SEZIONI), 0, 0, PRIMI
    quanti: dict[str, int] = defaultdict(int)
    rows = _in_line(attore).filter(posto__gt=first, posto__lte=last).order_by("posto")
    for pk, nome, of_all in rows.values_list("pk", "sezione", "quanti"):
        if nome in pages:
            pages[nome].append(pk)
            quanti[nome] = of_all
    found = {caso.pk: caso for caso in desk(attore).filter(pk__in=[pk for page in pages.values() for pk in page])}
    record(attore, Azione.ELENCARE_DA_ASSEGNARE, casi=list(found), dettaglio=Dettaglio(risultati=len(found)))
    return Assegnazioni(
        sezioni={nome: Sezione(_in_section(nome, page, found), quanti[nome], pagina) for nome, page in pages.items()},
    )


def _empty(*names: str) -> dict[str, list[UUID]]:
    return {nome: [] for nome in names}


def _in_line(attore: Attore) -> QuerySet[Any]:
    """Every case of the body with its place in its section (`posto`), and how many the section has (`quanti`)."""
    waiting = Coalesce(F("accettata_il"), Subquery(_entered(OuterRef("pk")).values("quando")[:1]))
    section = [F("sezione")]
    return (
        placed(attore)
        .annotate(aspetta_dal=waiting)
        .annotate(
            posto=Window(RowNumber(), partition_by=section, order_by=ORDINE),
            quanti=Window(Count("pk"), partition_by=section),
        )
    )


def _in_section(nome: str, page: list[UUID], found: Mapping[UUID, Any]) -> list[Any]:
    """The cases of a page, which the section was just asked of: `desk` does not ask it again."""
    cases = [found[pk] for pk in page if pk in found]
    for caso in cases:
        caso.sezione = nome
    return cases


@transaction.atomic
def per_numero(attore: Attore, numero: str) -> Any:
    """The case of the actor's body with this number, in any state; None for another's as for none. Always a line."""
    here = desk(attore).annotate(sezione=_in_which(OuterRef("pk")))
    found: Any = here.filter(numero=numero.strip().upper()).order_by("pk").first()
    record(
        attore, Azione.ELENCARE_DA_ASSEGNARE, casi=[found.pk] if found else [],
        dettaglio=Dettaglio(finalita="numero", risultati=1 if found else 0),
    )  # fmt: skip
    return found


def placed(attore: Attore) -> QuerySet[Any]:
    """The body's cases, each with the section it belongs to, if to any: no more than can be asked of twenty thousand
    cases at once."""
    return _ours(attore).annotate(sezione=_in_which(OuterRef("pk")))


def _ours(attore: Attore) -> QuerySet[Any]:
    """With the assumption of responsibility that is open: at most one of each case."""
    still_open = Q(prese_in_carico__rifiutata_il__isnull=True, prese_in_carico__conclusa_il__isnull=True)
    return policies.visible_to(attore, Azione.ELENCARE_DA_ASSEGNARE).annotate(
        presa=FilteredRelation("prese_in_carico", condition=still_open),
        assegnata_a=F("presa__assegnata_a"),
        assegnata_il=F("presa__assegnata_il"),
        accettata_il=F("presa__accettata_il"),
        finito=Q(stato__in=FINITI),
    )


def desk(attore: Attore) -> QuerySet[Any]:
    """The body's cases, each with what a coordinator needs to act on it: asked of the few that are shown. Of the
    household how many they are, of its help how much is running (domain.md §5.2): no name, no kind, no body.
    """
    here = OuterRef("pk")
    answered = PresaInCarico.objects.filter(caso=here).exclude(accettata_il=None, rifiutata_il=None)
    last = answered.order_by("-assegnata_il", "pk")
    return (
        _ours(attore)
        .select_related("comune")
        .annotate(
            dal=Subquery(_entered(here).values("quando")[:1]),
            in_ritardo=da_troppo(),
            assegnata_a_chi=called("presa__assegnata_a__utente"),
            rifiutata_da=Subquery(last.values(chi=called("assegnata_a__utente"))[:1]),  # never why
            rifiutata_il=Subquery(last.values("rifiutata_il")[:1]),
            responsabile=Subquery(answering(here).values(chi=called("operatore__utente"))[:1]),
            valutata=valutazione_conclusa(),
            attende_controfirma=_to_be_countersigned(here),
            quante=how_many(),
            aiuti=_running(here),
        )
    )


def _running(caso: OuterRef) -> Coalesce:
    """Without what somebody has hidden."""
    rows = Intervento.objects.filter(~is_hidden("intervento"), caso=caso, stato=StatoIntervento.IN_CORSO).order_by()
    return Coalesce(Subquery(rows.values("caso").annotate(n=Count("pk")).values("n")), Value(0))


def _steps(caso: OuterRef) -> QuerySet[Passaggio]:
    return Passaggio.objects.filter(caso=caso).order_by("-quando", "pk")


def _entered(caso: OuterRef) -> QuerySet[Passaggio]:
    """The steps by which the case came to the state it is in, the last first; sent on, it has come to another desk."""
    stayed = Q(da=F("a")) & ~Q(passo=Passo.TRASFERISCE)
    return _steps(caso).filter(a=OuterRef("stato")).exclude(stayed)


def answering(caso: Any) -> QuerySet[Incarico]:
    """Who answers for the case today, and may."""
    return at_work(caso).filter(parte=Parte.RESPONSABILE).order_by("pk")


def _in_which(caso: OuterRef) -> Case:
    """A hand-over that waits for its answer is in somebody's hands; a case just transferred is to be assigned."""
    waiting = Q(assegnata_a__isnull=False, accettata_il__isnull=True)
    nobody = ~Q(stato=StatoCaso.TRASFERITO) & ~Q(Exists(answering(caso)))
    return Case(
        When(waiting, then=Value(IN_ATTESA)),
        When(nobody, then=Value(SENZA_RESPONSABILE)),
        When(_to_be_countersigned(caso), then=Value(DA_CONTROFIRMARE)),
        When(stato__in=DA_ASSEGNARE, then=Value(DA_ASSEGNARE_ORA)),
        When(stato__in=IN_CARICO, then=Value(PRESI)),
        default=Value(""),
    )


def _to_be_countersigned(caso: OuterRef) -> Q:
    """Being closed with reserved entries, and not countersigned since."""
    closing = _steps(caso).filter(passo__in=(Passo.AVVIA_CHIUSURA, Passo.CONTROFIRMA))
    signed = Q(Exact(Coalesce(Subquery(closing.values("passo")[:1]), Value("")), Value(Passo.CONTROFIRMA)))
    entries = Q(Exists(VoceDiario.objects.filter(caso=caso, livello=5)))
    areas = Q(Exists(VoceValutazioneRiservata.objects.filter(valutazione__caso=caso)))
    return Q(stato=StatoCaso.IN_CHIUSURA) & ~signed & (entries | areas)


def assistenti(attore: Attore) -> QuerySet[Operatore]:
    """The social workers of the actor's body, each with her load: cases she answers for, cases she was offered; of
    those alone that are there for the actor."""
    today, here = timezone.localdate(), OuterRef("pk")
    known = Exists(policies.known_to(attore, Caso.objects.filter(pk=OuterRef("caso"))))
    standing = Incarico.objects.in_force(today).filter(known, operatore=here, parte=Parte.RESPONSABILE)
    live = standing.filter(caso__stato__in=DA_ASSEGNARE | IN_CARICO).order_by()
    offered = da_accettare().filter(known, assegnata_a=here).order_by()
    return (
        Operatore.objects.acting(today)
        .filter(ente=attore.operatore.ente, ruolo__in=PRENDONO_CASI)
        .select_related("utente")
        .annotate(
            carico=Subquery(live.values("operatore").annotate(n=Count("pk")).values("n")),
            proposti=Subquery(offered.values("assegnata_a").annotate(n=Count("pk")).values("n")),
        )
        .order_by(F("carico").asc(nulls_first=True), "utente__last_name", "pk")
    )


def enti_a_cui_passare(titolare: int) -> QuerySet[Ente]:
    """Bodies of its network that may be given a case of the body `titolare`: a coordinator there finds it today."""
    offices = Operatore.objects.acting(timezone.localdate()).filter(
        ente=OuterRef("pk"), ruolo=RuoloOperatore.COORDINATORE
    )
    return rete_di(titolare).filter(Exists(offices)).exclude(pk=titolare)
