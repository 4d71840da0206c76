"""Who acts, for which body, from where, how surely: what a decision and a line of the register need to know."""

import uuid
from dataclasses import dataclass, field

from catalogo.models import Operatore

QUI = "127.0.0.1"
SCELTA = "operatore"  # session key: the tie one acts under, chosen among several or the only one at the sign-in


@dataclass(frozen=True)
class Attore:
    operatore: Operatore
    sessione: str  # hash, never the key itself
    indirizzo: str
    secondo_fattore: bool = False  # shown in this session
    confermato: bool = False  # shown again in the last few minutes (porta.CONFERMA)
    richiesta: uuid.UUID = field(default_factory=uuid.uuid4)


def from_server(operatore: Operatore) -> Attore:
    """For what the server does in somebody's name, by hand or by its clock: with no session, entitled to nothing."""
    return Attore(operatore, sessione="", indirizzo=QUI)
