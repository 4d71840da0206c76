"""Level 5 entries and areas that nobody on the case reads any more: that they are there, never what they say."""

from typing import Any
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
    Riservata,
    VoceDiario,
    VoceValutazioneRiservata,
)
from casi.models.limiti import is_hidden
from casi.nominati import LIBERI, nominati
from casi.percorso import FINITI
from casi.registro import Dettaglio, record
from casi.ruoli import PERMESSI_DI_PARTE, REGOLE, Azione
from casi.selectors.al_lavoro import at_work, let_in
from casi.selectors.casi import Aperto, open_parte
from casi.selectors.lettura import read_in
from catalogo.models import Operatore

VALUTANO = [parte for parte, rows in PERMESSI_DI_PARTE.items() if REGOLE[Azione.VALUTARE].permesso in rows]


def senza_lettori(caso: Caso) -> list[Riservata]:
    """Those of the body that holds the case today, each with whether it was `chiesta`, without their text.

    Neither who wrote one nor anybody named on it is at work on the case. What somebody has hidden stays hidden, and
    what another body wrote before it gave the case away stays its own.
    """
    return sorted([*_voci(caso), *_aree(caso)], key=lambda each: (each.giorno, each.pk))


def _voci(caso: Caso) -> QuerySet[VoceDiario]:
    rows = VoceDiario.objects.filter(caso=caso, ente=caso.ente_titolare_id, livello=Livello.RISERVATO)
    unread = _unread(rows.filter(~is_hidden("voce")), "voce", caso, Q(operatore=OuterRef("autore")))
    return unread.select_related("autore__utente").defer("testo")


def _aree(caso: Caso) -> QuerySet[VoceValutazioneRiservata]:
    """Who wrote one reads it while he may assess."""
    rows = VoceValutazioneRiservata.objects.filter(
        valutazione__caso=caso, valutazione__autore__ente=caso.ente_titolare_id
    )
    assessing = Q(operatore=OuterRef("valutazione__autore"), parte__in=VALUTANO)
    unread = _unread(rows.filter(~is_hidden("valutazione", of="valutazione")), "area", caso, assessing)
    return unread.select_related("valutazione__autore__utente").defer("bisogni", "risorse")


def _unread(rows: QuerySet[Any], cosa: str, caso: Caso, wrote: Q) -> QuerySet[Any]:
    named = nominati().filter(**{cosa: OuterRef(OuterRef("pk"))}).values("operatore")
    reading = at_work(caso.pk).filter(wrote | Q(operatore__in=named))
    asked = Affidamento.objects.filter(**{cosa: OuterRef("pk")}, deciso_il__isnull=True)
    return rows.filter(~Exists(reading)).annotate(chiesta=Exists(asked))


def muta(caso: Caso, pk: UUID) -> Riservata | None:
    """The one of them with this key."""
    return next((each for each in senza_lettori(caso) if each.pk == pk), None)


def affidabili(caso: Caso) -> QuerySet[Operatore]:
    """Whom such an entry may be given to: the holder's social workers on the case. Nobody knows what it says."""
    social = let_in(caso.pk).filter(
        parte__in=(Parte.RESPONSABILE, Parte.COLLEGA),
        operatore__ente=caso.ente_titolare_id,
        operatore__ruolo__in=LIBERI,
    )
    people = Operatore.objects.filter(pk__in=social.order_by().values("operatore"))
    return people.select_related("utente", "ente").order_by("utente__last_name", "pk")


def elenco(attore: Attore, pk: UUID) -> tuple[Aperto, list[Riservata]]:
    """The case and its entries and areas without a reader. Raises Assente."""

    def read(aperto: Aperto) -> tuple[list[Riservata], Dettaglio]:
        found = senza_lettori(aperto.caso)
        return found, Dettaglio(finalita="senza_lettori", risultati=len(found))

    return read_in(attore, pk, Azione.AFFIDARE_VOCI, read)


def una(attore: Attore, pk: UUID, voce: UUID) -> tuple[Aperto, Riservata]:
    """One of them, for asking that it be read. Raises Assente."""
    about = Dettaglio(VoceDiario(pk=voce))
    return open_parte(attore, pk, Azione.AFFIDARE_VOCI, lambda caso: muta(caso, voce), about)


@transaction.atomic
def da_decidere(attore: Attore) -> list[Affidamento]:
    """What waits for the actor's word, on the cases of his body at work: of one that is over the question waits for it
    to be reopened. Which is in the register, where there is any.
    """
    cases = policies.visible_to(attore, Azione.CONTROFIRMARE).exclude(stato__in=FINITI)
    waiting = aperti().filter(Q(voce__caso__in=cases) | Q(area__valutazione__caso__in=cases))
    keys = list(waiting.values_list("pk", flat=True))  # alone: with everybody's name, planning takes longer than asking
    found = list(_open().filter(pk__in=keys).order_by("chiesto_il", "pk"))
    if found:
        told = Dettaglio(finalita="affidamenti", risultati=len(found))
        record(attore, Azione.CONTROFIRMARE, casi={each.riservata.caso.pk for each in found}, dettaglio=told)
    return found


def da_decidere_su(attore: Attore, pk: UUID, affidamento: UUID) -> tuple[Aperto, Affidamento]:
    """One of them. Raises Assente."""
    found = _open().filter(on_case(pk), pk=affidamento)
    about = Dettaglio(Affidamento(pk=affidamento))
    return open_parte(attore, pk, Azione.CONTROFIRMARE, lambda _caso: found.first(), about)


def aperti() -> QuerySet[Affidamento]:
    """Those to decide: by who holds the case the entry was written for. What waits comes back with the case: of a body
    that took it over meanwhile nobody learns that there is an entry (decision 0017)."""
    of_the_holder = Q(voce__ente=F("voce__caso__ente_titolare")) | Q(
        area__valutazione__autore__ente=F("area__valutazione__caso__ente_titolare")
    )
    return Affidamento.objects.filter(of_the_holder, deciso_il__isnull=True)


def on_case(caso: UUID) -> Q:
    return Q(voce__caso=caso) | Q(area__valutazione__caso=caso)


def _open() -> QuerySet[Affidamento]:
    whole = ("voce", "area__valutazione")
    people = (f"{each}__{tied}" for each in whole for tied in ("caso", "autore__utente"))
    rows = aperti().select_related("operatore__utente", "chiesto_da__utente", *people)
    return rows.defer("voce__testo", "area__bisogni", "area__risorse")
