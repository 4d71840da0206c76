"""«Chiama e di' il codice»: whose a receipt is, and nothing of what it is about. A quota, a line in the register."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from casi import policies
from casi.attore import Attore
from casi.errori import Impossibile
from casi.models import Arrivo, Esito, Segnalazione
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.arrivi import MODELLI
from casi.selectors.quota import within
from catalogo.models import Ente

QUOTA, FINALITA = 30, "ricevuta"  # a day, per person


@dataclass(frozen=True)
class Ricevuta:
    """One of these, or none: `mia`, to be opened; `seguita` in a case; `altrove`, the body to call."""

    mia: Arrivo | None = None
    seguita: bool = False
    altrove: Ente | None = None


def ricevuta(attore: Attore, codice: str) -> Ricevuta:
    """Of children in danger nothing is said to who may not read of them. Raises Impossibile past the quota."""
    with transaction.atomic():
        allowed = within(attore, Azione.GESTIRE_ARRIVI, QUOTA, [FINALITA])
        found = _with(codice) if allowed else None
        answer = _answer(attore, found) if found else Ricevuta()
        said = Dettaglio(found, finalita=FINALITA, risultati=int(answer != Ricevuta()))
        casi = [found.caso_id] if found and found.caso_id else []
        record(
            attore,
            Azione.GESTIRE_ARRIVI,
            casi=casi,
            esito=Esito.CONSENTITO if allowed else Esito.NEGATO,
            dettaglio=said,
        )
    if not allowed:
        raise Impossibile(_("Hai cercato %(quota)s codici oggi: riprova domani.") % {"quota": QUOTA})
    return answer


def _with(codice: str) -> Arrivo | None:
    rows = (modello.objects.select_related("ente").filter(codice=codice).first() for modello in MODELLI.values())
    return next(filter(None, rows), None)


def _answer(attore: Attore, arrivo: Arrivo) -> Ricevuta:
    modello, hidden = type(arrivo), isinstance(arrivo, Segnalazione) and arrivo.minori_a_rischio
    if policies.arrivi_visibili(attore, modello).filter(pk=arrivo.pk).exists():
        return Ricevuta(mia=arrivo)
    if hidden and not policies.may(attore, Azione.VEDERE_MINORI_A_RISCHIO):
        return Ricevuta()
    if arrivo.caso_id:
        return Ricevuta(seguita=True)
    return Ricevuta(altrove=arrivo.ente)
