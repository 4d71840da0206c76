"""Level 5 entries that nobody on the case reads any more: that they are there, never what they say."""

from uuid import UUID

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from casi import policies
from casi.attore import Attore
from casi.models import (
    Affidamento,
    Caso,
    Livello,
    Parte,
    VoceDiario,
)
from casi.models.limiti import is_hidden
from casi.nominati import LIBERI, nominati
from casi.percorso import FINITI
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.al_lavoro import at_work, let_in
from casi.selectors.casi import Aperto, open_parte
from casi.selectors.lettura import read_in
from catalogo.models import Operatore


def senza_lettori(caso: Caso) -> QuerySet[VoceDiario]:
    """Those of the body that holds the case today, each with whether it was `chiesta`, without their text.

    Neither who wrote one nor anybody named on it is at work on the case. What somebody has hidden stays hidden, and
    what another body wrote before it gave the case away stays its own.
    """
    named = nominati().filter(voce=OuterRef(OuterRef("pk"))).values("operatore")
    reading = at_work(OuterRef("caso")).filter(Q(operatore=OuterRef("autore")) | Q(operatore__in=named))
    asked = Affidamento.objects.filter(voce=OuterRef("pk"), deciso_il__isnull=True)
    rows = VoceDiario.objects.filter(caso=caso, ente=caso.ente_titolare_id, livello=Livello.RISERVATO)
    return rows.filter(~Exists(reading), ~is_hidden("voce")).annotate(chiesta=Exists(asked)).defer("testo")


def affidabili(caso: Caso) -> QuerySet[Operatore]:
    """Whom such an entry may be given to: the holder's social workers on the case. Nobody knows what it says."""
    social = let_in(caso.pk).filter(
        parte__in=(Parte.RESPONSABILE, Parte.COLLEGA),
        operatore__ente=caso.ente_titolare_id,
        operatore__ruolo__in=LIBERI,
    )
    people = Operatore.objects.filter(pk__in=social.order_by().values("operatore"))
    return people.select_related("utente", "ente").order_by("utente__last_name", "pk")


def elenco(attore: Attore, pk: UUID) -> tuple[Aperto, list[VoceDiario]]:
    """The case and its entries without a reader. Raises Assente."""

    def read(aperto: Aperto) -> tuple[list[VoceDiario], Dettaglio]:
        rows = senza_lettori(aperto.caso).select_related("autore__utente").order_by("avvenuto_il", "pk")
        found = list(rows)
        return found, Dettaglio(finalita="senza_lettori", risultati=len(found))

    return read_in(attore, pk, Azione.AFFIDARE_VOCI, read)


def una(attore: Attore, pk: UUID, voce: UUID) -> tuple[Aperto, VoceDiario]:
    """One of them, for asking that it be read. Raises Assente."""

    def find(caso: Caso) -> VoceDiario | None:
        return senza_lettori(caso).select_related("autore__utente").filter(pk=voce).first()

    return open_parte(attore, pk, Azione.AFFIDARE_VOCI, find, Dettaglio(VoceDiario(pk=voce)))


@transaction.atomic
def da_decidere(attore: Attore) -> list[Affidamento]:
    """What waits for the actor's word, on the cases of his body at work: of one that is over the question waits for it
    to be reopened. Which is in the register, where there is any.
    """
    cases = policies.visible_to(attore, Azione.CONTROFIRMARE).exclude(stato__in=FINITI)
    waiting = aperti().filter(voce__caso__in=cases)
    keys = list(waiting.values_list("pk", flat=True))  # alone: with everybody's name, planning takes longer than asking
    found = list(_open().filter(pk__in=keys).select_related("voce__caso").order_by("chiesto_il", "pk"))
    if found:
        told = Dettaglio(finalita="affidamenti", risultati=len(found))
        record(attore, Azione.CONTROFIRMARE, casi={each.voce.caso_id for each in found}, dettaglio=told)
    return found


def da_decidere_su(attore: Attore, pk: UUID, affidamento: UUID) -> tuple[Aperto, Affidamento]:
    """One of them. Raises Assente."""
    found = _open().filter(voce__caso=pk, pk=affidamento)
    about = Dettaglio(Affidamento(pk=affidamento))
    return open_parte(attore, pk, Azione.CONTROFIRMARE, lambda _caso: found.first(), about)


def aperti() -> QuerySet[Affidamento]:
    """Those to decide: by who holds the case the entry was written for. What waits comes back with the case: of a body
    that took it over meanwhile nobody learns that there is an entry (decision 0017)."""
    return Affidamento.objects.filter(deciso_il__isnull=True, voce__ente=F("voce__caso__ente_titolare"))


def _open() -> QuerySet[Affidamento]:
    people = ("operatore__utente", "chiesto_da__utente", "voce__autore__utente")
    return aperti().select_related(*people).defer("voce__testo")
