"""What is still missing before a case can be closed."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.models import (
    CON_ALTRI_ENTI,
    Caso,
    Intervento,
    Passaggio,
    StatoIntervento,
    VoceDiario,
    VoceValutazioneRiservata,
)
from casi.percorso import Passo
from casi.ruoli import Azione
from casi.selectors.condivisione import enti_con
from casi.selectors.oscuramenti import undoable
from catalogo.models import Ente

INTERVENTI_APERTI = (
    StatoIntervento.RICHIESTO,
    StatoIntervento.AUTORIZZATO,
    StatoIntervento.IN_CORSO,
    StatoIntervento.SOSPESO,
)


@dataclass(frozen=True)
class Chiusura:
    """The checklist: supports still open, those of them that their body can no longer end, those that the actor has
    hidden, and whether the coordinator has yet to countersign."""

    interventi: list[Intervento]
    orfani: frozenset[UUID]
    nascosti: frozenset[UUID]
    attende_controfirma: bool

    @property
    def pronta(self) -> bool:
        return not self.interventi and not self.attende_controfirma


def chiusura(attore: Attore, caso: Caso, azioni: frozenset[Azione]) -> Chiusura:
    hidden = _nascosti_da(attore, caso)
    waiting = _aperti(attore, caso, azioni, hidden)
    return Chiusura(
        interventi=waiting,
        orfani=orfani(attore, caso, waiting) - hidden,
        nascosti=hidden,
        attende_controfirma=ha_voci_riservate(caso) and manca_la_controfirma(caso),
    )


def interventi_aperti(attore: Attore, caso: Caso, azioni: frozenset[Azione]) -> list[Intervento]:
    """Those the actor may see, or has hidden: what others hid is not given away by refusing to close."""
    return _aperti(attore, caso, azioni, _nascosti_da(attore, caso))


def _aperti(attore: Attore, caso: Caso, azioni: frozenset[Azione], hidden: frozenset[UUID]) -> list[Intervento]:
    known = Q(pk__in=policies.interventi_visibili(attore, caso, azioni).values("pk")) | Q(pk__in=hidden)
    found = Intervento.objects.filter(known, stato__in=INTERVENTI_APERTI, caso=caso)
    return list(found.select_related("tipo", "ente").order_by("dal", "pk"))


def _nascosti_da(attore: Attore, caso: Caso) -> frozenset[UUID]:
    """The supports of others that he has hidden: no page shows them to him, but he knows of them."""
    made = undoable(attore, caso).filter(intervento__isnull=False).exclude(intervento__autore=attore.operatore.pk)
    return frozenset(made.values_list("intervento", flat=True))


def orfani(attore: Attore, caso: Caso, rows: Iterable[Intervento]) -> frozenset[UUID]:
    """Which of `rows` are open and of a body whose people cannot come in any more to end them: neither the holder nor
    admitted today, adhesion included. As the decision sees it: the very rows it asks for, and nobody's assignment."""
    waiting = [riga for riga in rows if riga.stato in INTERVENTI_APERTI and riga.ente_id != caso.ente_titolare_id]
    admitted = caso.ammissioni.in_force(timezone.localdate()).values("ente")
    inside = enti_con(attore).filter(pk__in=admitted) if caso.stato in CON_ALTRI_ENTI else Ente.objects.none()
    still = set(inside.values_list("pk", flat=True))
    return frozenset(riga.pk for riga in waiting if riga.ente_id not in still)


def ha_voci_riservate(caso: Caso) -> bool:
    """Level 5 entries, of the diary or of an assessment."""
    return (
        VoceDiario.objects.filter(caso=caso, livello=5).exists()
        or VoceValutazioneRiservata.objects.filter(valutazione__caso=caso).exists()
    )


def manca_la_controfirma(caso: Caso) -> bool:
    """Since the closing was begun this time, nobody has countersigned."""
    steps = Passaggio.objects.filter(caso=caso, passo__in=(Passo.AVVIA_CHIUSURA, Passo.CONTROFIRMA))
    return steps.order_by("quando").values_list("passo", flat=True).last() != Passo.CONTROFIRMA
