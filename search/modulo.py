"""Reading the address of `/cerca/`: what is in it becomes a question, and a question becomes an address again."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from django.http import QueryDict

from search.parole import normalizza
from search.tipi import Filtri, Ordine

LISTE = ("genere", "bisogno", "tipo", "per", "comune", "ente", "accesso")
SPUNTE = ("gratuito", "senza_isee")
CODICE = re.compile(r"[\w-]{1,40}")
VALORI_MASSIMI = 20  # of one filter: an address is no list
PAGINA = re.compile(r"\d{1,5}", re.ASCII)

Coppie = list[tuple[str, str]]


@dataclass(frozen=True)
class Richiesta:
    testo: str = ""
    filtri: Filtri = field(default_factory=Filtri)
    pagina: int = 1

    @property
    def scelte(self) -> Coppie:
        """The filters in force, as (parameter, value) pairs."""
        pairs = [(name, value) for name in LISTE for value in getattr(self.filtri, name)]
        return pairs + [(name, "on") for name in SPUNTE if getattr(self.filtri, name)]

    @property
    def coppie(self) -> Coppie:
        """Everything that was understood, the page apart: links repeat this and no nonsense."""
        pairs = [("q", self.testo)] if self.testo else []
        pairs += self.scelte
        pairs += [("vicino", self.filtri.vicino)] if self.filtri.vicino else []
        return pairs + ([("ordina", self.filtri.ordina.value)] if self.filtri.ordina is not Ordine.RILEVANZA else [])

    def senza(self, sconosciute: set[tuple[str, str]]) -> "Richiesta":
        """The same question without some of its filters."""
        lists: dict[str, Any] = {
            name: tuple(value for value in getattr(self.filtri, name) if (name, value) not in sconosciute)
            for name in LISTE
        }
        return replace(self, filtri=replace(self.filtri, **lists))


def leggi(parametri: QueryDict) -> Richiesta:
    """Whatever an address may hold; nonsense is passed over rather than blamed."""
    given: dict[str, Any] = {name: _codes(parametri.getlist(name)) for name in LISTE}
    given |= {name: bool(parametri.get(name)) for name in SPUNTE}
    near = next(iter(_codes([parametri.get("vicino", "")])), "")
    filtri = Filtri(**given, vicino=near, ordina=_order(parametri.get("ordina", ""), near))
    asked = parametri.get("pagina", "")
    return Richiesta(normalizza(parametri.get("q", "")), filtri, int(asked) if PAGINA.fullmatch(asked) else 1)


def _codes(values: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if CODICE.fullmatch(value)))[:VALORI_MASSIMI]


def _order(asked: str, near: str) -> Ordine:
    """Distance from nowhere is no order."""
    order = Ordine(asked) if asked in set(Ordine) else Ordine.RILEVANZA
    return Ordine.RILEVANZA if order is Ordine.DISTANZA and not near else order
