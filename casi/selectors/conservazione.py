"""What has been kept long enough, and the lists by which it goes. By kind and opaque number: no content is read."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID
from zlib import crc32

from django.core.paginator import Page, Paginator
from django.db import transaction
from django.db.models import Case, Count, Exists, F, Model, OuterRef, Q, QuerySet, When
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casi import policies
from casi.attore import Attore
from casi.errori import Assente
from casi.giorni import start_of
from casi.mesi import months_before
from casi.models import Caso, ClasseConservazione, PrimoAscolto, Richiesta, Scarto, Segnalazione, VoceScarto
from casi.percorso import FINITI
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.accredito import bodies, gone
from casi.selectors.lettura import PAGE
from casi.selectors.registro import ask

APERTI = Q(eseguito_il__isnull=True, annullato_il__isnull=True)  # lists with which something is still to be done
FERME = Q(sospesa=True) | Q(fermata=True)
# The hold that each puts on a line, and takes off.
SEGNO = {Azione.PROPORRE_SCARTO: "sospesa", Azione.CONTROLLARE_SCARTI: "fermata"}
CHE_COSA = {
    "caso": _("Caso"),
    "richiesta": _("Richiesta"),
    "segnalazione": _("Segnalazione"),
    "primoascolto": _("Primo ascolto"),
}


@dataclass(frozen=True)
class Regola:
    """Rows that may go are over when their `evento` is older than the months of `classe`.

    `ente`: the column of whose they are; `ascoltate`: whether conversations may hang on them, and must go before.
    """

    righe: QuerySet
    evento: str
    classe: str
    ente: str = "ente"
    ascoltate: bool = False

    def without(self, ascolti: QuerySet[PrimoAscolto]) -> QuerySet:
        """The rows on which none of `ascolti` hangs."""
        return self.righe.exclude(ascolti__in=ascolti) if self.ascoltate else self.righe


def regole() -> tuple[Regola, ...]:
    arrivata = ("ricevuta_il", "richiesta_12_mesi")
    return (
        Regola(Caso.objects.filter(stato__in=FINITI), "chiuso_il", "come_il_caso", "ente_titolare"),
        Regola(Richiesta.objects.filter(caso=None), *arrivata, ascoltate=True),
        Regola(Segnalazione.objects.filter(caso=None), *arrivata, ascoltate=True),
        Regola(PrimoAscolto.objects.filter(caso=None), "quando", "ascolto_24_mesi"),
    )


@dataclass(frozen=True)
class Scaduta:
    """One thing whose time is over."""

    oggetto: str  # model name
    pk: UUID
    nome: str  # opaque: a number, a receipt, an id
    classe: ClasseConservazione
    dal: date
    uscito: str  # the body that has left and whose it was; empty for one's own

    @property
    def che_cosa(self) -> object:
        return CHE_COSA[self.oggetto]


def overdue(ente: int, on: date, *, anche_in_elenco: bool = False) -> Iterator[Scaduta]:
    """What the body `ente` has kept long enough on day `on`, without what is on hold or on an open list already.

    With what is left of the bodies that were of the network it leads and are of none: nobody of theirs may enter.
    """
    classi = {each.codice: each for each in ClasseConservazione.objects.all()}
    listed = set() if anche_in_elenco else _listed()
    left = dict(gone(ente).values_list("pk", "nome"))
    for regola in regole():
        classe = classi[regola.classe]
        old = {f"{regola.ente}__in": [ente, *left], f"{regola.evento}__lt": boundary(classe, on)}
        found = regola.without(PrimoAscolto.objects.all()).filter(**old)
        for row in found.order_by(regola.evento, "pk"):
            if (name(row), row.pk) not in listed:
                since, whose = timezone.localdate(getattr(row, regola.evento)), getattr(row, f"{regola.ente}_id")
                yield Scaduta(name(row), row.pk, called(row), classe, since, left.get(whose, ""))


def erasable(scarto: Scarto) -> Iterator[tuple[str, UUID]]:
    """Of what a person wants erased, what no case has taken up meanwhile, and nobody has listened about since."""
    listed = list(scarto.voci.values_list("oggetto_id", flat=True))
    others = PrimoAscolto.objects.exclude(pk__in=listed)
    for regola in regole():
        for row in regola.without(others).filter(**{regola.ente: scarto.proposto_da.ente_id}, pk__in=listed):
            yield name(row), row.pk


def boundary(classe: ClasseConservazione, on: date) -> datetime:
    """What happened before this moment is over on day `on`; the anniversary itself is still kept."""
    return start_of(months_before(on, classe.mesi))


def name(row: Model | type[Model]) -> str:
    return str(row._meta.model_name)


def _listed() -> set[tuple[str, UUID]]:
    pending = Q(scarto__in=Scarto.objects.filter(APERTI))
    open_or_held = VoceScarto.objects.filter(pending | FERME)
    return set(open_or_held.values_list("oggetto", "oggetto_id"))


@transaction.atomic
def to_propose(attore: Attore) -> list[Scaduta]:
    """Raises Assente."""
    ask(attore, Azione.PROPORRE_SCARTO)
    found = proposable(attore)
    told = Dettaglio(finalita="scaduti", risultati=len(found))
    record_things(attore, Azione.PROPORRE_SCARTO, [(each.oggetto, each.pk) for each in found], told)
    return found


def record_things(attore: Attore, azione: Azione, things: Collection[tuple[str, UUID]], told: Dettaglio) -> None:
    """One line that names each of `things` by its key, cases or not: who asks what became of hers is told."""
    casi, altro = ([pk for kind, pk in things if (kind == "caso") is case] for case in (True, False))
    record(attore, azione, casi=casi, dettaglio=replace(told, oggetti=altro))


def proposable(attore: Attore) -> list[Scaduta]:
    """What is over for the body; of cases, for who may conduct them, those no seal nor conflict keeps away."""
    found = list(overdue(attore.operatore.ente_id, timezone.localdate()))
    casi = Caso.objects.filter(pk__in=[each.pk for each in found if each.oggetto == "caso"])
    conducts = policies.may(attore, Azione.CONDURRE)
    known = set(policies.known_to(attore, casi).values_list("pk", flat=True)) if conducts else set()
    return [each for each in found if each.oggetto != "caso" or each.pk in known]


def lines(attore: Attore, scarto: Scarto, azione: Azione) -> QuerySet[VoceScarto]:
    """Those of one list: who proposes, or watches, learns there of no case he would not learn of elsewhere."""
    return scarto.voci.filter(_known(attore, "oggetto_id") if azione in SEGNO else Q())


def _known(attore: Attore, key: str) -> Q:
    there = Caso.objects.filter(pk=OuterRef(key))
    return ~Q(Exists(there)) | Q(Exists(policies.known_to(attore, there)))


def lists(attore: Attore, azione: Azione) -> QuerySet[Scarto]:
    """The lists within reach: first those to do, what a person waits for before all; the newest. Raises Assente."""
    ask(attore, azione)
    people = ("proposto_da", "approvato_da", "annullato_da", "prorogata_da")
    who = ("proposto_da__ente", *(f"{each}__utente" for each in people))
    # By kind, opaque number and dates alone: a person's words are where the thing is.
    found = Scarto.objects.filter(reach(attore, azione)).select_related(*who).defer("perche")
    known = _known(attore, "voci__oggetto_id") if azione in SEGNO else Q()
    to_do = Case(When(APERTI, then=0), default=1)
    return found.annotate(quante=Count("voci", filter=known)).order_by(
        to_do, F("entro").asc(nulls_last=True), "-proposto_il", "pk"
    )


def reach(attore: Attore, azione: Azione) -> Q:
    """Whose lists: of his body for who proposes; for who approves, and who watches, of the bodies his own accredits.

    Also of those that have left its network and are of none today: nobody of theirs may enter any more. Who approves
    decides on the whole list: one with a case she may not know of is there for another, and not for her. For who
    watches it is, with something else on it.
    """
    if azione is Azione.PROPORRE_SCARTO:
        return own(attore)
    ours = Q(proposto_da__ente__in=bodies(attore)) | Q(proposto_da__ente__in=gone(attore.operatore.ente_id))
    known, of_it = _known(attore, "oggetto_id"), VoceScarto.objects.filter(scarto=OuterRef("pk"))
    if azione is Azione.APPROVARE_SCARTO:
        return ours & ~Q(Exists(of_it.filter(~known)))
    return ours & Q(Exists(of_it.filter(known)))


def own(attore: Attore) -> Q:
    """Lists of the actor's body; those with a case on them, whose number they show, for who may conduct cases alone.

    And knows of one thing on the list at least: that somebody wants a sealed case erased says that there is one.
    """
    mine, of_it = Q(proposto_da__ente=attore.operatore.ente_id), VoceScarto.objects.filter(scarto=OuterRef("pk"))
    if policies.may(attore, Azione.CONDURRE):
        return mine & Q(Exists(of_it.filter(_known(attore, "oggetto_id"))))
    return mine & Q(~Exists(of_it.filter(oggetto="caso")))


def page_of_lists(attore: Attore, azione: Azione, pagina: str) -> Page[Scarto]:
    """The same a page at a time: those carried out are never fewer. Raises Assente."""
    return Paginator(lists(attore, azione), PAGE).get_page(pagina)


@transaction.atomic
def to_look_at(attore: Attore, azione: Azione, pagina: str) -> Page[Scarto]:
    """To approve and carry out, or to watch over. Raises Assente."""
    found = page_of_lists(attore, azione, pagina)
    record(attore, azione, dettaglio=Dettaglio(finalita="elenchi", risultati=len(found)))
    return found


@dataclass(frozen=True)
class Riga:
    """A line of a list. `nome`: the number people know it by; once it is no more, its key, and no `dal`."""

    voce: VoceScarto
    nome: str
    dal: date | None
    c_e: bool  # still

    @property
    def che_cosa(self) -> object:
        return CHE_COSA[self.voce.oggetto]

    @property
    def al_lavoro(self) -> bool:
        """A case that is not over: a person asked, or it was opened again."""
        return self.c_e and self.dal is None

    @property
    def resta(self) -> bool:
        """Whether it stays where it is when the list is carried out."""
        return self.voce.ferma or self.al_lavoro


def nothing_goes(scarto: Scarto, righe: list[Riga]) -> bool:
    """Whether carrying it out would erase nothing now; of what a person asked for, all goes or nothing."""
    stopped = any if scarto.chiesta_il else all
    return stopped(each.resta for each in righe)


def left_out(scarto: Scarto, righe: list[Riga]) -> int:
    """How many lines stay: as things are now or, once it was carried out, those that are still there."""
    return sum(each.c_e if scarto.eseguito_il else each.resta for each in righe)


@transaction.atomic
def open_scarto(attore: Attore, pk: UUID, azione: Azione) -> tuple[Scarto, list[Riga]]:
    """One list with its lines. Raises Assente."""
    found = lists(attore, azione).filter(pk=pk).first()
    if found is None:
        raise Assente
    voci = list(lines(attore, found, azione).select_related("classe"))
    told = Dettaglio(found, finalita="elenco", risultati=len(voci))
    record_things(attore, azione, [(each.oggetto, each.oggetto_id) for each in voci], told)
    return found, _rows(voci)


@dataclass(frozen=True)
class Segni:
    """What somebody keeps on hold on a list, as he sees it: `voci` in words, and a number that changes when it does."""

    versione: int
    voci: str


def segni(attore: Attore, scarto: Scarto, azione: Azione) -> Segni:
    righe = _rows(list(lines(attore, scarto, azione).filter(**{SEGNO[azione]: True}).order_by("pk")))
    number = crc32(",".join(str(each.voce.pk) for each in righe).encode()) >> 2
    return Segni(number + 1, ", ".join(f"{each.che_cosa} {each.nome}" for each in righe) or gettext("niente"))


def _rows(voci: list[VoceScarto]) -> list[Riga]:
    asked = defaultdict(list)
    for voce in voci:
        asked[voce.oggetto].append(voce.oggetto_id)
    there: dict[UUID, tuple[str, date | None, bool]] = {}
    for regola in regole():
        model = regola.righe.model
        for row in model._default_manager.filter(pk__in=asked[name(model)]):
            there[row.pk] = called(row), _since(row, regola), True
    return [Riga(voce, *there.get(voce.oggetto_id, (str(voce.oggetto_id), None, False))) for voce in voci]


def called(row: Model) -> str:
    """Its number or receipt; of a conversation without a name, what it was written under."""
    return getattr(row, "sigla", "") or str(row)


def _since(row: Model, regola: Regola) -> date | None:
    """A case at work counts from no day."""
    moment = getattr(row, regola.evento)
    return timezone.localdate(moment) if moment else None
