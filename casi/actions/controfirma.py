"""What the coordinator has countersigned: it holds for what was there."""

from casi.attore import Attore
from casi.models import Caso, Passaggio, StatoCaso
from casi.percorso import Passo
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.chiusura import manca_la_controfirma


def void_countersignature(by: Attore, azione: Azione, caso: Caso) -> None:
    """Something reserved was written by `azione`: a closing that was countersigned begins anew, and asks for it again.

    The caller holds the case.
    """
    if caso.stato != StatoCaso.IN_CHIUSURA or manca_la_controfirma(caso):
        return
    Passaggio.objects.create(caso=caso, da=caso.stato, a=caso.stato, passo=Passo.AVVIA_CHIUSURA, operatore=by.operatore)
    record(by, azione, casi=[caso.pk], dettaglio=Dettaglio(finalita="annulla_controfirma"))
