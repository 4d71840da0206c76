"""First conversations: the body's own, those it is asked to take on, those of a case."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.errori import Assente
from casi.models import Esito, Informativa, PrimoAscolto, StatoCaso
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.casi import RECENTI, Aperto, Riga, open_caso, righe, summarised
from casi.selectors.condivisione import informative_valide
from casi.selectors.lavoro import FINITI

PAGE = 100
SI_ASCOLTA = (StatoCaso.SEGNALATO, StatoCaso.PRIMO_ASCOLTO, StatoCaso.IN_VALUTAZIONE)  # a case still at its beginning


@transaction.atomic
def elenco_ascolti(attore: Attore) -> list[PrimoAscolto]:
    """Those of the actor's own body that are of no case yet, newest first."""
    rows = policies.ascolti_visibili(attore).filter(ente=attore.operatore.ente)
    found = list(rows.select_related("operatore__utente")[:PAGE])
    record(attore, Azione.SCRIVERE_ASCOLTO, dettaglio=Dettaglio(risultati=len(found), finalita="elenca"))
    return found


def open_ascolto(attore: Attore, pk: UUID) -> PrimoAscolto:
    """One conversation of no case yet, registered by its key. Raises Assente for absent and forbidden alike."""
    with transaction.atomic():
        rows = policies.ascolti_visibili(attore).select_related("ente", "operatore__utente", "informativa", "richiesta")
        ascolto = rows.filter(pk=pk).first()
        esito = Esito.CONSENTITO if ascolto else Esito.NEGATO
        dettaglio = Dettaglio(ascolto or PrimoAscolto(pk=pk), finalita="legge")
        record(attore, Azione.SCRIVERE_ASCOLTO, esito=esito, dettaglio=dettaglio)
    if ascolto is None:
        raise Assente
    return ascolto


def vicini(attore: Attore, ascolto: PrimoAscolto) -> dict[str, Any]:
    """What it follows and what follows it, for who may read those too."""
    readable = policies.ascolti_visibili(attore)
    return {
        "prima": readable.filter(seguiti=ascolto.pk).first(),
        "seguiti": list(readable.filter(seguito_di=ascolto.pk).order_by("quando", "pk")),
    }


def ascolti_del_caso(attore: Attore, pk: UUID) -> tuple[Aperto, list[PrimoAscolto]]:
    """The case, opened for reading, and the conversations it began with that the actor may read. Raises Assente."""
    aperto = open_caso(attore, pk, Azione.VEDERE_CASO, Dettaglio(finalita="ascolti"))
    rows = policies.ascolti_visibili(attore, aperto.caso, aperto.azioni)
    return aperto, list(rows.select_related("ente", "operatore__utente", "informativa"))


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


def aggiungibili(attore: Attore, ascolto: PrimoAscolto) -> list[Riga]:
    """The open cases the actor writes on, to which the conversation may be added; which ones is in the register."""
    found = policies.visible_to(attore, Azione.SCRIVERE_DIARIO).exclude(stato__in=FINITI)
    if ascolto.ente_id != attore.operatore.ente_id:
        found = found.filter(ente_titolare=attore.operatore.ente_id)
    with transaction.atomic():
        some = list(found.order_by(*RECENTI).values_list("pk", flat=True)[:PAGE])
        record(attore, Azione.ELENCARE_CASI, casi=some, dettaglio=Dettaglio(risultati=len(some)))
        return righe(summarised(attore, some).order_by(*RECENTI))
