"""The register for who works (domain.md §5.2): each person her own lines, who answers for a body those of its people.

Of a case it tells the number to who finds it in a list of his today, and of the others nothing: neither whether they
are there, nor why he does not find them any more.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from casi import policies
from casi.attore import Attore
from casi.frasi import IN_ELENCO
from casi.models import Esito, Registro
from casi.registro import DI_NASCOSTI, Dettaglio, record
from casi.regole import Via
from casi.ruoli import REGOLE, Azione
from casi.selectors.registro import ask, deed
from catalogo.models import Operatore

PAGE = 50
# Acts that say of which case they are. A search, a comparison of two records, and what was printed of either, name also
# the cases a person was found in: that would tell whose a number is to who knows the number alone.
DI_UN_CASO = frozenset(azione for azione, regola in REGOLE.items() if regola.via is not Via.RUOLO)
DI_UN_CASO |= {Azione.ENTRARE, Azione.APRIRE_CASO, Azione.ACCETTARE, Azione.APRIRE_IN_EMERGENZA}
DI_UN_CASO -= {Azione.FONDERE_PERSONE}


@dataclass(frozen=True)
class Atto:
    """A line as who works reads it. `perso`: it was on a case, and he finds none of its cases in a list any more."""

    quando: datetime
    chi: str
    ente: str
    fatto: str
    negato: bool
    casi: list[str]
    perso: bool


@dataclass(frozen=True)
class Atti:
    righe: list[Atto]
    altri: int | None  # `prima_di` of the next page


@transaction.atomic
def own(attore: Attore, prima_di: int | None = None) -> Atti:
    """What the actor has done, for whatever body, newest first; not what the server did in his name. Raises Assente."""
    return _page(attore, Azione.PROPRI_ACCESSI, Operatore.objects.filter(utente=attore.operatore.utente_id), prima_di)


@transaction.atomic
def of_the_body(attore: Attore, prima_di: int | None = None) -> Atti:
    """The same of whoever acts, or has acted, for the actor's body. Raises Assente."""
    return _page(attore, Azione.ACCESSI_DELL_ENTE, Operatore.objects.filter(ente=attore.operatore.ente_id), prima_di)


def _page(attore: Attore, azione: Azione, ties: QuerySet[Operatore], prima_di: int | None) -> Atti:
    ask(attore, azione)
    names = {tie.pk: str(tie.utente) for tie in ties.select_related("utente").order_by("pk")}
    lines = Registro.objects.filter(operatore_id__in=names).exclude(sessione="").exclude(DI_NASCOSTI)
    older = lines.filter(pk__lt=prima_di) if prima_di else lines
    found = list(older.order_by("-pk")[: PAGE + 1])
    shown = found[:PAGE]
    record(attore, azione, dettaglio=Dettaglio(risultati=len(shown)))
    return Atti(list(_told(attore, shown, names)), shown[-1].pk if len(found) > PAGE else None)


def _told(attore: Attore, lines: Collection[Registro], names: dict[int, str]) -> Iterator[Atto]:
    numbers = _listed(attore, {pk for line in lines for pk in line.casi})
    for line in lines:
        casi = [numbers[pk] for pk in line.casi if pk in numbers] if line.azione in DI_UN_CASO else []
        yield Atto(
            quando=line.quando,
            chi=names[line.operatore_id],
            ente=line.ente_nome,
            fatto=deed(line),
            negato=line.esito == Esito.NEGATO,
            casi=casi,
            perso=not casi and line.utente_id == attore.operatore.utente_id and _had_it_open(line),
        )


def _had_it_open(line: Registro) -> bool:
    """Who was refused is told of no case: not even that the address he tried was one."""
    opened = line.azione in DI_UN_CASO - IN_ELENCO and line.esito == Esito.CONSENTITO
    return opened and bool(line.casi)


def _listed(attore: Attore, pks: Collection[UUID]) -> dict[UUID, str]:
    """The numbers of those that are in a list of the actor's today."""
    lists = [policies.visible_to(attore, azione) for azione in (Azione.ELENCARE_CASI, Azione.ELENCARE_DA_ASSEGNARE)]
    rows = (casi.filter(pk__in=pks).order_by().values_list("pk", "numero") for casi in lists)
    return {pk: numero for found in rows for pk, numero in found}
