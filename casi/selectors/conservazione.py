"""What has been kept long enough, and the lists by which it goes. By kind and opaque number: no content is read."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID
from zlib import crc32

from django.db import transaction
from django.db.models import Count, Exists, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casi import policies
from casi.attore import Attore
from casi.errori import Assente
from casi.mesi import months_before
from casi.models import Caso, ClasseConservazione, PrimoAscolto, Richiesta, Scarto, Segnalazione, StatoCaso, VoceScarto
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.registro import ask

CONCLUSI = (StatoCaso.CHIUSO, StatoCaso.ORIENTATO, StatoCaso.NON_PRESO_IN_CARICO, StatoCaso.TRASFERITO)
CHE_COSA = {
    "caso": _("Caso"),
    "richiesta": _("Richiesta"),
    "segnalazione": _("Segnalazione"),
    "primoascolto": _("Primo ascolto"),
}


@dataclass(frozen=True)
class Regola:
    """Rows are over when their `evento` is older than the months of `classe`; `ente`: the column of whose they are."""

    righe: QuerySet
    evento: str
    classe: str
    ente: str = "ente"


def regole() -> tuple[Regola, ...]:
    return (
        Regola(Caso.objects.filter(stato__in=CONCLUSI), "chiuso_il", "come_il_caso", "ente_titolare"),
        Regola(Richiesta.objects.filter(caso=None, ascolti=None), "ricevuta_il", "richiesta_12_mesi"),
        Regola(Segnalazione.objects.filter(caso=None, ascolti=None), "ricevuta_il", "richiesta_12_mesi"),
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

    @property
    def che_cosa(self) -> object:
        return CHE_COSA[self.oggetto]


def overdue(ente: int, on: date, *, anche_in_elenco: bool = False) -> Iterator[Scaduta]:
    """What the body `ente` has kept long enough on day `on`, without what is on hold or on an open list already."""
    classi = {each.codice: each for each in ClasseConservazione.objects.all()}
    listed = set() if anche_in_elenco else _listed()
    for regola in regole():
        classe = classi[regola.classe]
        found = regola.righe.filter(**{regola.ente: ente, f"{regola.evento}__lt": boundary(classe, on)})
        for row in found.order_by(regola.evento, "pk"):
            if (name(row), row.pk) not in listed:
                yield Scaduta(name(row), row.pk, called(row), classe, timezone.localdate(getattr(row, regola.evento)))


def boundary(classe: ClasseConservazione, on: date) -> datetime:
    """What happened before this moment is over on day `on`; the anniversary itself is still kept."""
    return timezone.make_aware(datetime.combine(months_before(on, classe.mesi), time.min))


def name(row: Model | type[Model]) -> str:
    return str(row._meta.model_name)


def _listed() -> set[tuple[str, UUID]]:
    pending = Q(scarto__eseguito_il__isnull=True, scarto__annullato_il__isnull=True)
    open_or_held = VoceScarto.objects.filter(pending | Q(sospesa=True))
    return set(open_or_held.values_list("oggetto", "oggetto_id"))


@transaction.atomic
def to_propose(attore: Attore) -> list[Scaduta]:
    """Raises Assente."""
    ask(attore, Azione.PROPORRE_SCARTO)
    found = proposable(attore)
    dettaglio = Dettaglio(finalita="scaduti", risultati=len(found))
    record(
        attore, Azione.PROPORRE_SCARTO, casi=[each.pk for each in found if each.oggetto == "caso"], dettaglio=dettaglio
    )
    return found


def proposable(attore: Attore) -> list[Scaduta]:
    """What the body has kept long enough; of cases, for who may conduct them, those no seal nor conflict keeps away."""
    found = list(overdue(attore.operatore.ente_id, timezone.localdate()))
    casi = Caso.objects.filter(pk__in=[each.pk for each in found if each.oggetto == "caso"])
    conducts = policies.may(attore, Azione.CONDURRE)
    known = set(policies.known_to(attore, casi).values_list("pk", flat=True)) if conducts else set()
    return [each for each in found if each.oggetto != "caso" or each.pk in known]


def lines(attore: Attore, scarto: Scarto, azione: Azione) -> QuerySet[VoceScarto]:
    """Those of one list: who proposes learns there of no case he would not learn of elsewhere."""
    return scarto.voci.filter(_known(attore, "oggetto_id") if azione is Azione.PROPORRE_SCARTO else Q())


def _known(attore: Attore, key: str) -> Q:
    there = Caso.objects.filter(pk=OuterRef(key))
    return ~Q(Exists(there)) | Q(Exists(policies.known_to(attore, there)))


def lists(attore: Attore, azione: Azione) -> QuerySet[Scarto]:
    """The lists, newest first: of one's own body for who proposes, all for who approves. Raises Assente."""
    ask(attore, azione)
    found = Scarto.objects.select_related("proposto_da__utente", "approvato_da__utente", "annullato_da__utente")
    if azione is Azione.PROPORRE_SCARTO:
        ours = Count("voci", filter=_known(attore, "voci__oggetto_id"))
        found = found.filter(own(attore)).annotate(quante=ours)
    else:
        found = found.annotate(quante=Count("voci"))
    return found.order_by("-proposto_il", "pk")


def own(attore: Attore) -> Q:
    """Lists of the actor's body; those with a case on them, whose number they show, for who may conduct cases alone."""
    mine = Q(proposto_da__ente=attore.operatore.ente_id)
    if policies.may(attore, Azione.CONDURRE):
        return mine
    with_case = VoceScarto.objects.filter(scarto=OuterRef("pk"), oggetto="caso")
    return mine & Q(~Exists(with_case))


@transaction.atomic
def to_approve(attore: Attore) -> list[Scarto]:
    """Raises Assente."""
    found = list(lists(attore, Azione.APPROVARE_SCARTO))
    record(attore, Azione.APPROVARE_SCARTO, dettaglio=Dettaglio(finalita="elenchi", risultati=len(found)))
    return found


@dataclass(frozen=True)
class Riga:
    """A line of a list. `nome`: the number people know it by; once it is no more, its key, and no `dal`."""

    voce: VoceScarto
    nome: str
    dal: date | None

    @property
    def che_cosa(self) -> object:
        return CHE_COSA[self.voce.oggetto]


@transaction.atomic
def open_scarto(attore: Attore, pk: UUID, azione: Azione) -> tuple[Scarto, list[Riga]]:
    """One list with its lines. Raises Assente."""
    found = lists(attore, azione).filter(pk=pk).first()
    if found is None:
        raise Assente
    voci = list(lines(attore, found, azione).select_related("classe"))
    casi = [each.oggetto_id for each in voci if each.oggetto == "caso"]
    record(attore, azione, casi=casi, dettaglio=Dettaglio(found, finalita="elenco", risultati=len(voci)))
    return found, _rows(voci)


@dataclass(frozen=True)
class Segni:
    """What is on hold on a list: `voci` in words, and a number that changes when it does."""

    versione: int
    voci: str


def segni(scarto: Scarto) -> Segni:
    righe = _rows(list(scarto.voci.filter(sospesa=True).order_by("pk")))
    number = crc32(",".join(str(each.voce.pk) for each in righe).encode()) >> 2
    return Segni(number + 1, ", ".join(f"{each.che_cosa} {each.nome}" for each in righe) or gettext("niente"))


def _rows(voci: list[VoceScarto]) -> list[Riga]:
    asked = defaultdict(list)
    for voce in voci:
        asked[voce.oggetto].append(voce.oggetto_id)
    there: dict[UUID, tuple[str, date | None]] = {}
    for regola in regole():
        model = regola.righe.model
        for row in model._default_manager.filter(pk__in=asked[name(model)]):
            there[row.pk] = called(row), _since(row, regola)
    return [Riga(voce, *there.get(voce.oggetto_id, (str(voce.oggetto_id), None))) for voce in voci]


def called(row: Model) -> str:
    """Its number or receipt; of a conversation without a name, what it was written under."""
    return getattr(row, "sigla", "") or str(row)


def _since(row: Model, regola: Regola) -> date | None:
    """A case that was opened again counts from no day."""
    moment = getattr(row, regola.evento)
    return timezone.localdate(moment) if moment else None
