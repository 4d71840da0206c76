"""What is still missing before a case can be closed."""

from dataclasses import dataclass

from casi import policies
from casi.attore import Attore
from casi.models import Caso, Intervento, Passaggio, StatoIntervento, VoceDiario, VoceValutazioneRiservata
from casi.percorso import Passo
from casi.ruoli import Azione

APERTI = (
    StatoIntervento.RICHIESTO,
    StatoIntervento.AUTORIZZATO,
    StatoIntervento.IN_CORSO,
    StatoIntervento.SOSPESO,
)


@dataclass(frozen=True)
class Chiusura:
    """The checklist: supports still open, and whether the coordinator has yet to countersign."""

    interventi: list[Intervento]
    attende_controfirma: bool

    @property
    def pronta(self) -> bool:
        return not self.interventi and not self.attende_controfirma


def chiusura(attore: Attore, caso: Caso, azioni: frozenset[Azione]) -> Chiusura:
    return Chiusura(
        interventi=interventi_aperti(attore, caso, azioni),
        attende_controfirma=ha_voci_riservate(caso) and manca_la_controfirma(caso),
    )


def interventi_aperti(attore: Attore, caso: Caso, azioni: frozenset[Azione]) -> list[Intervento]:
    """Those the actor may see: a hidden one is not given away by refusing to close."""
    found = policies.interventi_visibili(attore, caso, azioni).filter(stato__in=APERTI)
    return list(found.select_related("tipo", "ente").order_by("dal", "pk"))


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
