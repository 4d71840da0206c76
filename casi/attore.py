"""Who acts, for which body, from where, how surely: what a decision and a line of the register need to know."""

import uuid
from dataclasses import dataclass, field

from catalogo.models import Operatore

SCELTA = "operatore"  # session key: the tie one acts under, chosen among several or the only one at the sign-in


@dataclass(frozen=True)
class Attore:
    operatore: Operatore
    sessione: str  # hash, never the key itself
    indirizzo: str
    secondo_fattore: bool = False  # shown in this session
    confermato: bool = False  # shown again in the last few minutes (porta.CONFERMA)
    richiesta: uuid.UUID = field(default_factory=uuid.uuid4)
