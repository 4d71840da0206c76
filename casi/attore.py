"""Who acts, for which body, from where, how surely: what a decision and a line of the register need to know."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from casi.reti import altrui, estranei
from catalogo.models import Operatore

QUI = "127.0.0.1"
Titoli = dict[tuple[str, uuid.UUID], list[uuid.UUID]]
SCELTA = "operatore"  # session key: the tie one acts under, chosen among several or the only one at the sign-in


@dataclass(frozen=True)
class Attore:
    operatore: Operatore
    sessione: str  # hash, never the key itself
    indirizzo: str
    secondo_fattore: bool = False  # shown in this session
    confermato: bool = False  # shown again in the last few minutes (porta.CONFERMA)
    richiesta: uuid.UUID = field(default_factory=uuid.uuid4)
    titoli: Titoli = field(default_factory=dict, init=False, compare=False, repr=False)  # as `rests_on` keeps them

    @cached_property
    def altre_reti(self) -> frozenset[int]:
        """Bodies with whose cases his own has nothing to do: asked once in a request, of nobody where there is one
        network, as `policies.ties_of` has told.
        """
        return estranei(self.operatore.ente_id) if self._several else frozenset()

    @cached_property
    def non_vigilati(self) -> frozenset[int]:
        """Bodies that a privacy officer does not watch; the same way."""
        return altrui(self.operatore.ente_id) if self._several else frozenset()

    def rests_on(self, azione: str, pk: uuid.UUID, grounds: Mapping[str, list[uuid.UUID]]) -> None:
        """By which rows he was allowed `azione` on the case `pk`, in this request: its line is written later,
        when the act itself may have ended them."""
        self.titoli[azione, pk] = [riga for rows in grounds.values() for riga in rows]

    @property
    def _several(self) -> bool:
        return getattr(self.operatore, "piu_reti", True)


def from_server(operatore: Operatore) -> Attore:
    """For what the server does in somebody's name, by hand or by its clock: with no session, entitled to nothing."""
    return Attore(operatore, sessione="", indirizzo=QUI)
