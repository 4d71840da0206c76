"""A search server may fall silent; a search may not."""

from collections.abc import Iterable
from dataclasses import replace

from search.models import VoceIndice
from search.parole import Domanda
from search.tipi import Filtri

from .base import Esito, Motore
from .interruttore import Muto


class ConRipiego:
    """`primo` as long as it answers, else `secondo`, whose results say so."""

    def __init__(self, primo: Motore, secondo: Motore) -> None:
        self.primo, self.secondo = primo, secondo

    def cerca(self, domanda: Domanda, lingua: str, filtri: Filtri, pagina: int) -> Esito:
        try:
            return self.primo.cerca(domanda, lingua, filtri, pagina)
        except Muto:
            return replace(self.secondo.cerca(domanda, lingua, filtri, pagina), ripiego=True)

    def scrivi(self, voci: Iterable[VoceIndice]) -> None:
        self.primo.scrivi(voci)

    def togli(self, gruppi: Iterable[str]) -> None:
        self.primo.togli(gruppi)
