"""The first page of everybody: what to do today, what waits for others, what comes next. Few questions, any number of
rows; which cases were shown is in the register."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import TruncDate
from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.models import (
    AccessoEmergenza,
    Ammissione,
    Avviso,
    EsitoAscolto,
    PresaInCarico,
    Scarto,
    StatoCaso,
    StatoRichiesta,
)
from casi.models.ripristino import VALE
from casi.parole import pochi
from casi.percorso import AVVISARE_ENTRO, FINITI, IN_CARICO, PER_ACCETTARE
from casi.registro import Dettaglio, record
from casi.ruoli import RUOLI, Azione
from casi.selectors.arrivi import MODELLI, da_rispondere
from casi.selectors.assegnazioni import DA_ASSEGNARE_ORA, DA_CONTROFIRMARE, IN_ATTESA, SENZA_RESPONSABILE, desk
from casi.selectors.casi import Riga, in_ritardo, prossimo, righe, summarised
from casi.selectors.conclusa import che_cosa_manca
from casi.selectors.da_informare import DaInformare, da_informare
from casi.selectors.proposte import proposte
from casi.selectors.ripristini import for_me
from casi.selectors.scadenze import in_scadenza
from catalogo.models import Adesione

MOST, SHOWN, SOON, EXPIRING = 200, 12, 30, 90  # rows, rows, days, days
PRESSANTI = ("-tardi", F("prossima_verifica").asc(nulls_last=True), "aperto_il", "pk")


@dataclass(frozen=True)
class Scadenza:
    """A day that comes, or has passed, for something that is no case."""

    genere: str  # richiesta, segnalazione, minori, adesione, ripristino, proposta
    giorno: date
    quante: int


@dataclass(frozen=True)
class Mio:
    """One of my cases, with the words on the button of its next step and the step's name; empty without one."""

    riga: Riga
    passo: str = ""
    etichetta: str = ""


@dataclass(frozen=True)
class Ufficio:
    """The coordinator's counts, and how many of those who were asked are late with the answer.

    Exact for what waits for him, which he lists by number; in the words of `pochi` for the cases at work.
    """

    da_assegnare: int = 0
    urgenti: int = 0
    senza_responsabile: int = 0
    in_attesa: int = 0
    in_attesa_da_troppo: int = 0
    da_controfirmare: int = 0
    verifiche_in_ritardo: str = ""
    in_carico: str = ""


@dataclass(frozen=True)
class Lavoro:
    oggi: date
    casi: bool = False  # whether the role works on cases at all
    avvisi: list[Avviso] = field(default_factory=list)
    proposte: list[PresaInCarico] = field(default_factory=list)
    arrivi: list[Scadenza] = field(default_factory=list)
    da_informare: list[DaInformare] = field(default_factory=list)
    adesioni: list[Scadenza] = field(default_factory=list)
    miei: list[Mio] = field(default_factory=list)
    altri: int = 0  # cases of mine that the page does not show
    da_avvisare: list[tuple[Riga, date]] = field(default_factory=list)  # households to tell, each with the day by which
    in_ritardo: list[Riga] = field(default_factory=list)  # what I can put right
    in_attesa: list[Riga] = field(default_factory=list)  # what somebody else must do, late or not
    verifiche: list[Riga] = field(default_factory=list)
    condivisioni: list[Ammissione] = field(default_factory=list)  # that end soon, or have just ended
    ufficio: Ufficio | None = None
    emergenze: int | None = None
    scarti: int = 0  # disposal lists to approve or carry out
    per_accettare: int = PER_ACCETTARE

    @property
    def da_fare(self) -> bool:
        mine = (self.avvisi, self.proposte, self.arrivi, self.da_informare, self.da_avvisare, self.in_ritardo)
        return any(mine) or bool(self.emergenze) or bool(self.scarti)


@transaction.atomic
def lavoro(attore: Attore) -> Lavoro:
    """Each role has its own; what a role may not do is not even asked."""
    may, today = RUOLI[attore.operatore.ruolo].azioni, timezone.localdate()
    rows, altri = _miei(attore) if Azione.ELENCARE_CASI in may else ([], 0)
    dates, avvisi = _scadenze(attore, today), _avvisi(attore)
    offered = _proposte(attore) if Azione.ACCETTARE in may else []
    told = [each.caso_id for each in avvisi if each.visibile or each.per_numero]  # type: ignore[attr-defined]
    shown = dict.fromkeys([*(row.caso.pk for row in rows), *(each.caso_id for each in offered), *filter(None, told)])
    record(attore, Azione.ENTRARE, casi=shown, dettaglio=Dettaglio(risultati=len(shown)))
    return Lavoro(
        oggi=today,
        casi=Azione.ELENCARE_CASI in may,
        avvisi=avvisi,
        proposte=offered,
        arrivi=[each for each in dates if each.genere != "adesione"],
        da_informare=da_informare(attore, today),
        adesioni=[each for each in dates if each.genere == "adesione"],
        miei=[_con_passo(row, may) for row in rows[:SHOWN]],
        altri=altri + max(0, len(rows) - SHOWN),
        da_avvisare=_da_avvisare(rows),
        in_ritardo=[row for row in rows if row.tardi and _mine_to_do(row)],
        in_attesa=[row for row in rows if _waits(row)],
        verifiche=[row for row in rows if _review_soon(row, today)],
        condivisioni=in_scadenza(attore, today) if Azione.CONDIVIDERE in may else [],
        ufficio=_ufficio(attore, today) if Azione.ELENCARE_DA_ASSEGNARE in may else None,
        emergenze=_emergenze() if Azione.ESAMINARE_EMERGENZE in may else None,
        scarti=_scarti() if Azione.APPROVARE_SCARTO in may else 0,
    )


def _miei(attore: Attore) -> tuple[list[Riga], int]:
    """The cases somebody works on, the most pressing first, and how many more there are (at least)."""
    working = policies.visible_to(attore).exclude(stato__in=FINITI).annotate(tardi=_late())
    some = list(working.order_by(*PRESSANTI).values_list("pk", flat=True)[: MOST + 1])
    can: QuerySet = policies.visible_to(attore, Azione.VALUTARE).filter(pk=OuterRef("pk"))
    found = summarised(attore, some[:MOST]).annotate(conduco=Exists(can), tardi=_late(), **che_cosa_manca())
    return righe(found.order_by(*PRESSANTI)), len(some[MOST:])


def _late() -> Case:
    """Never unknown: it leads the order."""
    return Case(When(in_ritardo(timezone.localdate()), then=True), default=False)


def _con_passo(riga: Riga, may: frozenset[Azione]) -> Mio:
    """The next step for who conducts the case, and for who only collaborates."""
    caso = riga.caso
    conducts = frozenset({Azione.CONDURRE, Azione.VALUTARE, Azione.SCRIVERE_DIARIO}) & may
    mine = conducts if caso.conduco else conducts & {Azione.SCRIVERE_DIARIO}  # type: ignore[attr-defined]
    step = prossimo(caso, mine, timezone.localdate())
    return Mio(riga, step.passo, str(step.etichetta)) if step else Mio(riga)


def _da_avvisare(rows: list[Riga]) -> list[tuple[Riga, date]]:
    """Whose household waits to know who follows it: the first to be told first."""
    waiting = [(row, row.caso.da_avvisare) for row in rows if _mine_to_do(row)]  # type: ignore[attr-defined]
    due = [(row, timezone.localdate(since) + timedelta(days=AVVISARE_ENTRO)) for row, since in waiting if since]
    return sorted(due, key=lambda each: each[1])


def _mine_to_do(riga: Riga) -> bool:
    """Who only collaborates holds no review and finishes no assessment."""
    return bool(riga.caso.conduco)  # type: ignore[attr-defined]


def _waits(riga: Riga) -> bool:
    """An assessed case waits for the coordinator, one that is being closed for the bodies; a late one for who leads."""
    if riga.tardi:
        return not _mine_to_do(riga)
    assessed = riga.caso.stato == StatoCaso.IN_VALUTAZIONE and riga.caso.valutata  # type: ignore[attr-defined]
    return assessed or riga.caso.stato == StatoCaso.IN_CHIUSURA


def _review_soon(riga: Riga, today: date) -> bool:
    due = riga.caso.prossima_verifica
    return riga.caso.stato in IN_CARICO and due is not None and today <= due <= today + timedelta(days=SOON)


def _avvisi(attore: Attore) -> list[Avviso]:
    """Unread notices; the number of the case only while it may still be seen, as a coordinator sees it too."""
    office = Exists(policies.visible_to(attore, Azione.ELENCARE_DA_ASSEGNARE).filter(pk=OuterRef("caso")))
    visible = Exists(policies.visible_to(attore).filter(pk=OuterRef("caso")))
    shown = Avviso.objects.to_read(attore.operatore.pk).select_related("caso")
    return list(shown.annotate(visibile=visible, per_numero=office)[:SHOWN])


def _proposte(attore: Attore) -> list[PresaInCarico]:
    late = timezone.now() - timedelta(days=PER_ACCETTARE)
    return list(
        proposte(attore).select_related("caso").annotate(in_ritardo=Q(assegnata_il__lt=late)).order_by("assegnata_il")
    )


def _scadenze(attore: Attore, today: date) -> list[Scadenza]:
    """Requests and alerts to answer (nobody's yet, the actor's own, and late ones: who took them may be away),
    adhesions that end soon, resets to confirm: one question for all."""
    mine = Q(stato=StatoRichiesta.NUOVA) | Q(vista_da=attore.operatore) | Q(rispondere_entro__lt=today)
    arrivals = [
        policies.arrivi_visibili(attore, modello)
        .filter(mine, da_rispondere(tipo))
        .order_by()
        .values_list(_genere(tipo), "rispondere_entro")
        .annotate(n=Count("pk"))
        for tipo, modello in MODELLI.items()
    ]
    until = today + timedelta(days=EXPIRING)
    ending = Adesione.objects.in_force(today).filter(ente=attore.operatore.ente_id, valida_al__lte=until, rinnovo=None)
    renewals = ending.order_by().values_list(Value("adesione"), "valida_al").annotate(n=Count("pk"))
    parts = [*arrivals, *_ripristini(attore), *_prese_proposte(attore)]
    return sorted((Scadenza(*row) for row in renewals.union(*parts, all=True)), key=lambda each: each.giorno)


def _genere(tipo: str) -> Case | Value:
    """Children in danger are named apart, to who may read of them: the others' rows are not among these."""
    if tipo != "segnalazione":
        return Value(tipo)
    return Case(When(minori_a_rischio=True, then=Value("minori")), default=Value(tipo))


def _ripristini(attore: Attore) -> list[QuerySet]:
    """Second factors that wait for the actor's yes, by the day they run out."""
    if Azione.CONFERMARE_RIPRISTINO not in RUOLI[attore.operatore.ruolo].azioni:
        return []
    until = TruncDate(F("proposto_il") + VALE)
    return [for_me(attore).order_by().values_list(Value("ripristino"), until).annotate(n=Count("pk"))]


def _prese_proposte(attore: Attore) -> list[QuerySet]:
    """What other bodies ask the actor's to take on, since the day of the oldest."""
    if Azione.APRIRE_CASO not in RUOLI[attore.operatore.ruolo].azioni:
        return []
    waiting = (
        policies.ascolti_visibili(attore).filter(esito=EsitoAscolto.PROPOSTA).exclude(ente=attore.operatore.ente_id)
    )
    return [waiting.order_by().values_list("esito").annotate(dal=Min(TruncDate("quando")), n=Count("pk"))]


def _ufficio(attore: Attore, today: date) -> Ufficio:
    """Counts alone, in one question."""
    late = timezone.now() - timedelta(days=PER_ACCETTARE)
    free, asked = Q(sezione=DA_ASSEGNARE_ORA), Q(sezione=IN_ATTESA)
    found = (
        desk(attore).order_by().aggregate(
            da_assegnare=Count("pk", filter=free),
            urgenti=Count("pk", filter=free & Q(urgente_fino_al__isnull=False)),
            in_attesa=Count("pk", filter=asked),
            in_attesa_da_troppo=Count("pk", filter=asked & Q(assegnata_il__lt=late)),
            senza_responsabile=Count("pk", filter=Q(sezione=SENZA_RESPONSABILE, finito=False)),
            da_controfirmare=Count("pk", filter=Q(sezione=DA_CONTROFIRMARE)),
            verifiche_in_ritardo=Count("pk", filter=in_ritardo(today)),
            in_carico=Count("pk", filter=Q(accettata_il__isnull=False, stato__in=IN_CARICO)),
        )
    )  # fmt: skip
    small = {name: pochi(found[name]) for name in ("verifiche_in_ritardo", "in_carico")}
    return Ufficio(**{**found, **small})


def _emergenze() -> int:
    """Emergency accesses that nobody has looked at yet: as many as the page of who examines them lists."""
    return AccessoEmergenza.objects.filter(esaminato_il__isnull=True).count()


def _scarti() -> int:
    """The privacy officer approves those of all."""
    return Scarto.objects.filter(eseguito_il__isnull=True, annullato_il__isnull=True).count()
