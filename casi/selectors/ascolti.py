"""First conversations: the body's own, those it is asked to take on, those of a case."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet, Subquery
from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.errori import Assente
from casi.models import Esito, EsitoAscolto, Informativa, PrimoAscolto, StatoCaso
from casi.models.ascolto import index_of_sigla
from casi.models.limiti import is_hidden
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.casi import Aperto, open_caso
from casi.selectors.condivisione import informative_valide

PAGE = 100
RICORDATI = timedelta(days=90)  # how long its author is told that a case has taken a proposal along
SI_ASCOLTA = (StatoCaso.SEGNALATO, StatoCaso.PRIMO_ASCOLTO, StatoCaso.IN_VALUTAZIONE)  # a case still at its beginning


@dataclass(frozen=True)
class Ascolti:
    """One page, newest first. `altri`: there are more; `passati`: the actor's own proposals that a case took along."""

    righe: list[PrimoAscolto]
    altri: bool
    sigla: str = ""
    passati: list[PrimoAscolto] = field(default_factory=list)
    inizio: bool = True  # whether nothing comes before

    @property
    def ultimo(self) -> UUID:
        return self.righe[-1].pk


@transaction.atomic
def elenco_ascolti(attore: Attore, *, sigla: str = "", dopo: UUID | None = None) -> Ascolti:
    """A page of those of the actor's own body that are of no case yet: all, or those under `sigla`, to the letter.

    `dopo` is the last of the page before: from one that may not be read, the list goes on nowhere.
    """
    visible = policies.ascolti_visibili(attore).filter(ente=attore.operatore.ente)
    rows = visible.filter(indice_sigla=index_of_sigla(attore.operatore.ente_id, sigla)) if sigla else visible
    if dopo:
        last = Subquery(visible.filter(pk=dopo).order_by("pk").values("quando")[:1])
        rows = rows.filter(Q(quando__lt=last) | Q(quando=last, pk__gt=dopo))
    found = list(rows.select_related("operatore__utente")[: PAGE + 1])
    shown, passati = found[:PAGE], [] if dopo or sigla else _passati(attore)
    keys = [each.pk for each in (*shown, *passati)]
    told = Dettaglio(oggetti=keys, finalita="elenca", risultati=len(keys))
    record(attore, Azione.SCRIVERE_ASCOLTO, dettaglio=told)
    return Ascolti(shown, len(found) > PAGE, sigla, passati, inizio=dopo is None)


def _passati(attore: Attore) -> list[PrimoAscolto]:
    recent = timezone.now() - RICORDATI
    mine = policies.ascolti_passati(attore).filter(esito=EsitoAscolto.PROPOSTA, passato_il__gte=recent)
    return list(mine.order_by("-passato_il", "pk")[:PAGE])


def is_asked(attore: Attore, ascolto: PrimoAscolto) -> bool:
    """Whether another body waits for the answer of the actor's."""
    return ascolto.esito == EsitoAscolto.PROPOSTA and ascolto.ente_id != attore.operatore.ente_id


def open_ascolto(attore: Attore, pk: UUID, *, nostro: bool = False) -> PrimoAscolto:
    """One conversation of no case yet, registered by its key. Raises Assente for absent and forbidden alike.

    `nostro`: only of the actor's body, which alone may change it.
    """
    ours = {"ente": attore.operatore.ente_id} if nostro else {}
    with transaction.atomic():
        rows = policies.ascolti_visibili(attore).select_related(
            "ente", "operatore__utente", "informativa", "richiesta", "non_presa_da__utente", "non_presa_da__ente"
        )
        ascolto = rows.filter(pk=pk, **ours).first()
        esito = Esito.CONSENTITO if ascolto else Esito.NEGATO
        dettaglio = Dettaglio(ascolto or PrimoAscolto(pk=pk), finalita="legge")
        record(attore, Azione.SCRIVERE_ASCOLTO, esito=esito, dettaglio=dettaglio)
    if ascolto is None:
        raise Assente
    return ascolto


@transaction.atomic
def vicini(attore: Attore, ascolto: PrimoAscolto) -> dict[str, Any]:
    """What it follows and what follows it, for who may read those too: which ones is in the register, as of a list."""
    near = Q(pk=ascolto.seguito_di_id) | Q(seguito_di=ascolto.pk)
    found = list(policies.ascolti_visibili(attore).filter(near).order_by("quando", "pk"))
    if found:
        told = Dettaglio(oggetti=[each.pk for each in found], finalita="elenca", risultati=len(found))
        record(attore, Azione.SCRIVERE_ASCOLTO, dettaglio=told)
    prima = next((each for each in found if each.pk == ascolto.seguito_di_id), None)
    return {"prima": prima, "seguiti": [each for each in found if each.seguito_di_id == ascolto.pk]}


def ascolti_del_caso(attore: Attore, pk: UUID) -> tuple[Aperto, list[PrimoAscolto]]:
    """The case, opened for reading, and the conversations it began with that the actor may read. Raises Assente."""
    aperto = open_caso(attore, pk, Azione.VEDERE_CASO, Dettaglio(finalita="ascolti"))
    rows = policies.ascolti_visibili(attore, aperto.caso, aperto.azioni)
    told = rows.select_related("ente", "operatore__utente", "informativa").annotate(nascosto=is_hidden("ascolto"))
    return aperto, list(told)


def informative(data: int | None = None) -> QuerySet[Informativa]:
    """Those to hand over today, and the one that was handed over then."""
    return Informativa.objects.filter(
        Q(pk__in=informative_valide(timezone.localdate()).order_by().values("pk")) | Q(pk=data)
    )


def detto_di_se(ascolto: PrimoAscolto) -> dict[str, str]:
    """What the person has left of her own, as the fields of her record call it; nothing where nothing was said."""
    by_mail = "@" in ascolto.contatto
    told = {
        "nome": ascolto.nome,
        "email" if by_mail else "telefono": ascolto.contatto,
        "contatto_sicuro": ascolto.contatto_sicuro,
    }
    return {name: text for name, text in told.items() if text}
