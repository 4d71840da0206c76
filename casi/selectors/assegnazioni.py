"""The coordinator's desk: numbers, states, dates. No name of a person in care, no way into a case."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.models import (
    Incarico,
    Incompatibilita,
    Parte,
    Passaggio,
    PresaInCarico,
    StatoCaso,
    VoceDiario,
    VoceValutazioneRiservata,
)
from casi.percorso import DA_ASSEGNARE, FINITI, IN_CARICO, PER_ACCETTARE, Passo
from casi.registro import Dettaglio, record
from casi.ruoli import RUOLI, Azione
from casi.selectors.conclusa import valutazione_conclusa
from casi.selectors.condivisione import rete_di
from casi.selectors.nomi import called
from catalogo.models import Ente, Operatore
from catalogo.models.operatore import RuoloOperatore

PER_PAGINA = 50  # of each section
# Those that are over last; then the urgent ones, then who has waited longest.
ORDINE = ("finito", F("urgente_fino_al").asc(nulls_last=True), "dal", "pk")
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
    pagina: int = 1

    @property
    def prima(self) -> int:
        return self.pagina - 1

    @property
    def dopo(self) -> int:
        return self.pagina + 1

    @property
    def altri(self) -> int:
        """How many come after these."""
        return max(0, self.quanti - (self.pagina - 1) * PER_PAGINA - len(self.casi))


@dataclass(frozen=True)
class Assegnazioni:
    sezioni: dict[str, Sezione]
    limite: date  # who was asked before this day is late

    def di(self, nome: str) -> list[Any]:
        return self.sezioni[nome].casi if nome in self.sezioni else []


@transaction.atomic
def assegnazioni(attore: Attore, sezione: str = "", pagina: int = 1) -> Assegnazioni:
    """The cases of the actor's body that wait for him, and those in somebody's hands: the first of each section, or a
    page of one. None is cut off by those of another section."""
    everything: dict[str, list[UUID]] = defaultdict(list)
    for pk, nome in desk(attore).exclude(sezione="").order_by(*ORDINE).values_list("pk", "sezione"):
        everything[nome].append(pk)
    asked = [sezione] if sezione in SEZIONI else SEZIONI
    pages = {nome: everything[nome][(pagina - 1) * PER_PAGINA : pagina * PER_PAGINA] for nome in asked}
    shown = [pk for page in pages.values() for pk in page]
    found = {caso.pk: caso for caso in desk(attore).filter(pk__in=shown)}
    record(attore, Azione.ELENCARE_DA_ASSEGNARE, casi=list(found), dettaglio=Dettaglio(risultati=len(found)))
    return Assegnazioni(
        sezioni={
            nome: Sezione([found[pk] for pk in page if pk in found], len(everything[nome]), pagina)
            for nome, page in pages.items()
        },
        limite=timezone.localdate() - timedelta(days=PER_ACCETTARE),
    )


@transaction.atomic
def per_numero(attore: Attore, numero: str) -> Any:
    """The case of the actor's body with this number, in any state; None for another's as for none. Always a line."""
    found: Any = desk(attore).filter(numero=numero.strip().upper()).order_by("pk").first()
    record(
        attore, Azione.ELENCARE_DA_ASSEGNARE, casi=[found.pk] if found else [],
        dettaglio=Dettaglio(finalita="numero", risultati=1 if found else 0),
    )  # fmt: skip
    return found


def desk(attore: Attore) -> QuerySet[Any]:
    """The body's cases, each with what a coordinator needs to act on it and the section it belongs to, if to any."""
    here = OuterRef("pk")
    steps = Passaggio.objects.filter(caso=here).order_by("-quando", "pk")
    entered = steps.filter(a=OuterRef("stato")).exclude(da=F("a"))
    closing = steps.filter(passo__in=(Passo.AVVIA_CHIUSURA, Passo.CONTROFIRMA))
    reserved = Exists(VoceDiario.objects.filter(caso=here, livello=5)) | Exists(
        VoceValutazioneRiservata.objects.filter(valutazione__caso=here)
    )
    closing_now = Q(stato=StatoCaso.IN_CHIUSURA) & ~Q(ultimo_di_chiusura=Passo.CONTROFIRMA)
    return (
        policies.visible_to(attore, Azione.ELENCARE_DA_ASSEGNARE)
        .select_related("comune")
        .annotate(
            dal=Subquery(entered.values("quando")[:1]),
            **_presa(here),
            responsabile=Subquery(answering(here).values(chi=called("operatore__utente"))[:1]),
            valutata=valutazione_conclusa(here),
            finito=Q(stato__in=FINITI),
            ultimo_di_chiusura=Coalesce(Subquery(closing.values("passo")[:1]), Value("")),
        )
        .annotate(attende_controfirma=closing_now & reserved)
        .annotate(sezione=_in_which())
    )


def _presa(caso: OuterRef) -> dict[str, Subquery]:
    """Whom the case is proposed to or was accepted by, and who declined it last: never why."""
    every = PresaInCarico.objects.filter(caso=caso)
    open_one = every.filter(rifiutata_il__isnull=True, conclusa_il__isnull=True)
    answered = every.exclude(accettata_il=None, rifiutata_il=None).order_by("-assegnata_il", "pk")
    who = called("assegnata_a__utente")
    return {
        "assegnata_a": Subquery(open_one.values("assegnata_a")[:1]),
        "assegnata_a_chi": Subquery(open_one.values(chi=who)[:1]),
        "assegnata_il": Subquery(open_one.values("assegnata_il")[:1]),
        "accettata_il": Subquery(open_one.values("accettata_il")[:1]),
        "rifiutata_da": Subquery(answered.values(chi=who)[:1]),
        "rifiutata_il": Subquery(answered.values("rifiutata_il")[:1]),
    }


def answering(caso: Any) -> QuerySet[Incarico]:
    """Who answers for the case today, and may: a person who still works there and has no conflict on it."""
    today = timezone.localdate()
    conflict = Incompatibilita.objects.in_force(today).filter(
        caso=OuterRef("caso"), utente=OuterRef("operatore__utente")
    )
    working = Operatore.objects.in_force(today).filter(utente__is_active=True)
    standing = Incarico.objects.in_force(today).filter(caso=caso, parte=Parte.RESPONSABILE)
    return standing.filter(~Exists(conflict), operatore__in=working).order_by("pk")


def _in_which() -> Case:
    """A hand-over that waits for its answer is in somebody's hands; a case just transferred is to be assigned."""
    waiting = Q(assegnata_a__isnull=False, accettata_il__isnull=True)
    return Case(
        When(waiting, then=Value(IN_ATTESA)),
        When(Q(responsabile__isnull=True) & ~Q(stato=StatoCaso.TRASFERITO), then=Value(SENZA_RESPONSABILE)),
        When(attende_controfirma=True, then=Value(DA_CONTROFIRMARE)),
        When(stato__in=DA_ASSEGNARE, then=Value(DA_ASSEGNARE_ORA)),
        When(stato__in=IN_CARICO, then=Value(PRESI)),
        default=Value(""),
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


def enti_a_cui_passare(titolare: int) -> QuerySet[Ente]:
    """Bodies of its network that may be given a case of the body `titolare`: a coordinator there finds it today."""
    offices = Operatore.objects.in_force(timezone.localdate()).filter(
        ente=OuterRef("pk"), ruolo=RuoloOperatore.COORDINATORE, utente__is_active=True, utente__is_superuser=False
    )
    return rete_di(titolare).filter(Exists(offices)).exclude(pk=titolare)
