"""How many accesses and signs there are, body by body, for who coordinates; nobody by name (domain.md §5.2)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casi.attore import Attore
from casi.giorni import start_of
from casi.models import Esito, Registro
from casi.parole import pochi
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.accredito import bodies
from casi.selectors.allerte import DAYS, DEGLI_ENTI, SOGLIE, past
from casi.selectors.registro import ask
from casi.selectors.registro_proprio import DI_UN_CASO
from catalogo.models import Ente

FATTO = Q(esito=Esito.CONSENTITO)
# What is counted of each body: the title, and the lines.
CONTI: tuple[tuple[Promise, Q], ...] = (
    (_("Casi visti, aperti o scritti"), FATTO & Q(azione__in=DI_UN_CASO)),
    (_("Persone cercate"), Q(azione__in=(Azione.CERCARE, Azione.VERIFICARE_SOVRAPPOSIZIONE))),
    (_("Pagine stampate"), FATTO & Q(azione=Azione.STAMPARE)),
    (_("Rifiuti"), Q(esito=Esito.NEGATO)),
)


@dataclass(frozen=True)
class Conto:
    """How many in the last DAYS, and in as many before them: in words where they are few."""

    titolo: object
    adesso: str
    prima: str


@dataclass(frozen=True)
class ContiEnte:
    """Of the signs, those there are."""

    nome: str
    accessi: list[Conto]
    segnali: list[Conto]


@transaction.atomic
def counts(attore: Attore) -> list[ContiEnte]:
    """Of the bodies that the actor accredits, and of his own. Raises Assente."""
    ask(attore, Azione.CONTARE_ACCESSI)
    today = timezone.localdate()
    since, before = (today - timedelta(days=DAYS * months) for months in (1, 2))
    mine = Ente.objects.filter(Q(pk=attore.operatore.ente_id) | Q(pk__in=bodies(attore).values("pk")))
    enti = dict(mine.order_by("nome", "pk").values_list("pk", "nome"))
    lines, signs = _lines(enti, since, before), _signs(enti, since, before)
    found = [ContiEnte(nome, list(_accessi(lines.get(pk, {}))), list(_segnali(signs, pk))) for pk, nome in enti.items()]
    record(attore, Azione.CONTARE_ACCESSI, dettaglio=Dettaglio(risultati=len(found)))
    return found


def _lines(enti: Mapping[int, str], since: date, before: date) -> dict[int, dict[str, int]]:
    lately = {"adesso": Q(quando__gte=start_of(since)), "prima": Q(quando__lt=start_of(since))}
    columns = {
        f"{when}_{n}": Count("pk", filter=quali & within)
        for n, (_titolo, quali) in enumerate(CONTI)
        for when, within in lately.items()
    }
    lines = Registro.objects.filter(quando__gte=start_of(before), ente_id__in=enti).order_by()
    rows: Iterable[dict[str, int]] = lines.values("ente_id").annotate(**columns)  # type: ignore[assignment]
    return {each["ente_id"]: each for each in rows}


def _accessi(row: Mapping[str, int]) -> Iterator[Conto]:
    for n, (titolo, _quali) in enumerate(CONTI):
        yield Conto(titolo, _said(row.get(f"adesso_{n}", 0)), _said(row.get(f"prima_{n}", 0)))


def _signs(enti: Mapping[int, str], since: date, before: date) -> Counter[tuple[int, Promise, bool]]:
    """How often somebody went past a threshold: by body, by sign, and whether lately."""
    found = past(before, DEGLI_ENTI, [list(enti)], {})
    return Counter((ente, each.soglia.titolo, each.ultimo >= since) for each in found for ente in each.enti)


def _segnali(signs: Counter[tuple[int, Promise, bool]], ente: int) -> Iterator[Conto]:
    for soglia in SOGLIE.values():
        lately, then = (signs[ente, soglia.titolo, when] for when in (True, False))
        if lately or then:
            yield Conto(soglia.titolo, _said(lately), _said(then))


def _said(quanti: int) -> str:
    return pochi(quanti) if quanti else "0"
