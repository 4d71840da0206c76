"""The first page of everybody: what to do today, what waits for others, what comes next. Few questions, any number of
rows; which cases were shown is in the register."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Case, Count, Exists, F, Min, OuterRef, Q, QuerySet, Subquery, UUIDField, Value, When
from django.db.models.functions import Cast, Coalesce, TruncDate
from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.models import (
    Ammissione,
    Avviso,
    EsitoAscolto,
    PresaInCarico,
    StatoCaso,
    StatoRichiesta,
)
from casi.models.ripristino import VALE
from casi.percorso import AVVISARE_ENTRO, FINITI, IN_CARICO, PER_ACCETTARE
from casi.registro import Dettaglio, record
from casi.ruoli import RUOLI, Azione
from casi.selectors.arrivi import MODELLI, da_rispondere
from casi.selectors.casi import Riga, in_ritardo, prossimo, righe, summarised
from casi.selectors.chiunque import ask
from casi.selectors.conclusa import che_cosa_manca
from casi.selectors.da_informare import DA_INFORMARE, da_informare
from casi.selectors.lavoro_ufficio import Scarti, Ufficio, emergenze, scarti, ufficio
from casi.selectors.proposte import da_troppo, proposte
from casi.selectors.ripristini import for_me
from casi.selectors.scadenze import in_scadenza
from catalogo.models import Adesione

MINORI = "minori"  # of a `Scadenza`, an alert about children in danger
MOST, SHOWN, SOON, EXPIRING = 120, 12, 30, 90  # rows (four times thirty families), rows, days, days
PRESSANTI = ("-tardi", F("prossima_verifica").asc(nulls_last=True), "aperto_il", "pk")


@dataclass(frozen=True)
class Scadenza:
    """A day that comes, or has passed, for so many things that are no case, or for one: an alert whose person is to be
    told (`DA_INFORMARE`), by its receipt code and its key; `caso` is where it is read, None while it is at the desk."""

    genere: str  # richiesta, segnalazione, ascolto, minori, adesione, ripristino, proposta, da_informare
    giorno: date
    quante: int
    codice: str = ""
    pk: UUID | None = None
    caso: UUID | None = None


@dataclass(frozen=True)
class Mio:
    """One of my cases, with the words on the button of its next step and the step's name; empty without one."""

    riga: Riga
    passo: str = ""
    etichetta: str = ""


@dataclass(frozen=True)
class Lavoro:
    oggi: date
    casi: bool = False  # whether the role works on cases at all
    raccoglie: bool = False  # whether it writes down requests, and reads none
    avvisi: list[Avviso] = field(default_factory=list)
    proposte: list[PresaInCarico] = field(default_factory=list)
    arrivi: list[Scadenza] = field(default_factory=list)
    da_informare: list[Scadenza] = field(default_factory=list)
    adesioni: list[Scadenza] = field(default_factory=list)
    miei: list[Mio] = field(default_factory=list)
    altri: int = 0  # cases of mine that the page does not show
    almeno: bool = False  # whether there are more than were looked at: what is counted among them may be more
    da_avvisare: list[tuple[Riga, date]] = field(default_factory=list)  # households to tell, each with the day by which
    in_ritardo: list[Riga] = field(default_factory=list)  # what I can put right
    in_attesa: list[Riga] = field(default_factory=list)  # what somebody else must do, late or not
    verifiche: list[Riga] = field(default_factory=list)
    condivisioni: list[Ammissione] = field(default_factory=list)  # that end soon, or have just ended
    ufficio: Ufficio | None = None
    emergenze: int | None = None
    scarti: Scarti | None = None
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
    dates, avvisi = _scadenze(attore), _avvisi(attore)
    offered = _proposte(attore) if Azione.ACCETTARE in may else []
    ending = in_scadenza(attore, today) if Azione.CONDIVIDERE in may else []
    told = [each.caso_id for each in avvisi if each.visibile or each.per_numero]  # type: ignore[attr-defined]
    told += [*(each.caso for each in dates), *(each.caso_id for each in ending)]
    shown = dict.fromkeys([*(row.caso.pk for row in rows), *(each.caso_id for each in offered), *filter(None, told)])
    told_of = Dettaglio(oggetti=[each.pk for each in dates if each.pk], risultati=len(shown))
    record(attore, Azione.ENTRARE, casi=shown, dettaglio=told_of)
    return Lavoro(
        oggi=today,
        casi=Azione.ELENCARE_CASI in may,
        raccoglie=Azione.REGISTRARE_RICHIESTA in may and Azione.GESTIRE_ARRIVI not in may,
        avvisi=avvisi,
        proposte=offered,
        arrivi=[each for each in dates if each.genere not in {"adesione", DA_INFORMARE}],
        da_informare=[each for each in dates if each.genere == DA_INFORMARE],
        adesioni=[each for each in dates if each.genere == "adesione"],
        miei=[_con_passo(row, may) for row in rows[:SHOWN]],
        altri=altri + max(0, len(rows) - SHOWN),
        almeno=bool(altri),
        da_avvisare=_da_avvisare(rows),
        in_ritardo=[row for row in rows if row.tardi and _mine_to_do(row)],
        in_attesa=[row for row in rows if _waits(row)],
        verifiche=[row for row in rows if _review_soon(row, today)],
        condivisioni=ending,
        ufficio=ufficio(attore, today) if Azione.ELENCARE_DA_ASSEGNARE in may else None,
        emergenze=emergenze(attore) if Azione.ESAMINARE_EMERGENZE in may else None,
        scarti=scarti(attore, may, today),
    )


def _miei(attore: Attore) -> tuple[list[Riga], int]:
    """The cases somebody works on, the most pressing first, and how many more there are (at least)."""
    working = policies.visible_to(attore).exclude(stato__in=FINITI).annotate(tardi=_late())
    some = working.order_by(*PRESSANTI).values("pk")[: MOST + 1]
    can = policies.visible_to(attore, Azione.VALUTARE).filter(pk=OuterRef("pk")).order_by().values("pk")[:1]
    conducts = Subquery(can)  # the key or None: for an Exists the database would go through every case of the actor's
    missing = che_cosa_manca(attore.operatore.pk)
    found = summarised(attore, some).annotate(conduco=conducts, tardi=_late(), **missing)
    rows = righe(found.order_by(*PRESSANTI))
    return rows[:MOST], len(rows[MOST:])


def _late() -> Case:
    """Never unknown: it leads the order."""
    return Case(When(in_ritardo(timezone.localdate()), then=True), default=False)


def _con_passo(riga: Riga, may: frozenset[Azione]) -> Mio:
    """The next step for who conducts the case, and for who only collaborates."""
    caso = riga.caso
    conducts = frozenset({Azione.CONDURRE, Azione.VALUTARE, Azione.ASCOLTARE}) & may
    mine = conducts if caso.conduco else conducts & {Azione.ASCOLTARE}  # type: ignore[attr-defined]
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
    waiting = proposte(attore).select_related("caso").annotate(in_ritardo=da_troppo())
    return list(waiting.order_by("assegnata_il"))


def _scadenze(attore: Attore) -> list[Scadenza]:
    """By their day, but children in danger first."""
    found = [Scadenza(*row.values()) for row in ask(_attese, attore)]
    found += [Scadenza(*row) for rows in _ripristini(attore) for row in _counted(rows)]
    return sorted(found, key=lambda each: (each.genere != MINORI, each.giorno, each.codice))


def _attese(attore: Attore) -> QuerySet:
    """Requests and alerts to answer (nobody's yet, the actor's own, and late ones: who took them may be away), people
    to tell of an alert, adhesions that end soon: one question for all."""
    today = timezone.localdate()
    mine = Q(stato=StatoRichiesta.NUOVA) | Q(vista_da=attore.operatore) | Q(attende__lt=today)
    arrivals = [
        policies.arrivi_visibili(attore, modello)
        .annotate(attende=Coalesce(TruncDate("ascolto_il"), F("rispondere_entro")))
        .filter(mine, da_rispondere(tipo))
        .order_by()
        .values_list(_genere(tipo), "attende")
        for tipo, modello in MODELLI.items()
    ]
    until = today + timedelta(days=EXPIRING)
    ending = Adesione.objects.in_force(today).filter(ente=attore.operatore.ente_id, valida_al__lte=until, rinnovo=None)
    renewals = ending.order_by().values_list(Value("adesione"), "valida_al")
    parts = [*map(_counted, [*arrivals, *_prese_proposte(attore)]), *_da_informare(attore, today)]
    return _counted(renewals).union(*parts, all=True)


def _counted(rows: QuerySet) -> QuerySet:
    """How many there are of each kind and day, with the columns of what has a name left empty."""
    nobody = Cast(Value(None), UUIDField())
    return rows.annotate(n=Count("pk"), senza_codice=Value(""), senza_pk=nobody, senza_caso=nobody)


def _genere(tipo: str) -> Case:
    """Children in danger are named apart, to who may read of them: the others' rows are not among these. So are the
    conversations that were fixed."""
    fixed = When(ascolto_il__isnull=False, then=Value("ascolto"))
    danger = [When(minori_a_rischio=True, then=Value(MINORI))] if tipo == "segnalazione" else []
    return Case(*danger, fixed, default=Value(tipo))


def _da_informare(attore: Attore, today: date) -> list[QuerySet]:
    """One by one: each is told by itself."""
    words = (Value(DA_INFORMARE), "avvisare_entro", Value(1), "codice", "pk", "caso")
    return [rows.order_by().values_list(*words) for rows in da_informare(attore, today)]


def _ripristini(attore: Attore) -> list[QuerySet]:
    """Second factors that wait for the actor's yes, by the day they run out."""
    if Azione.CONFERMARE_RIPRISTINO not in RUOLI[attore.operatore.ruolo].azioni:
        return []
    until = TruncDate(F("proposto_il") + VALE)
    return [for_me(attore).order_by().values_list(Value("ripristino"), until)]


def _prese_proposte(attore: Attore) -> list[QuerySet]:
    """What other bodies ask the actor's to take on, since the day of the oldest."""
    if Azione.APRIRE_CASO not in RUOLI[attore.operatore.ruolo].azioni:
        return []
    waiting = (
        policies.ascolti_visibili(attore).filter(esito=EsitoAscolto.PROPOSTA).exclude(ente=attore.operatore.ente_id)
    )
    return [waiting.order_by().values_list("esito").annotate(dal=Min(TruncDate("quando")))]
