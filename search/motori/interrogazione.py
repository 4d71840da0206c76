"""SQL of a search on PostgreSQL: which rows match, how well, in what order. Values always travel as parameters."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from search.parole import Domanda
from search.tipi import Filtri, Ordine

from .base import scelti

CONFIGURAZIONI = {"it": "tessere_it", "en": "tessere_en", "ar": "tessere_ar"}
PESI = "{0.1, 0.4, 0.6, 1.0}"  # of text, description, names, title
GENERI = {"servizio": 1.0, "ente": 0.9, "luogo": 0.7, "notizia": 0.6, "pagina": 0.6, "documento": 0.5}
RAGGIO_TERRA = 6371.0  # kilometres
# From a municipality, given by its code, to that of the row `r`, in Earth's diameters: enough to sort by.
DISTANZA = """(SELECT asin(sqrt(least(1, power(sin(radians(r.lat - c.lat) / 2), 2)
    + cos(radians(r.lat)) * cos(radians(c.lat)) * power(sin(radians(r.lon - c.lon) / 2), 2))))
    FROM catalogo_comune c WHERE c.codice_istat = %s)"""

NOME = 'titolo_piano COLLATE "C", id'  # byte by byte, as a cluster sorts


@dataclass
class Sql:
    """A piece of SQL with its parameters."""

    testo: str
    valori: list[Any] = field(default_factory=list)


def configurazione(lingua: str) -> str:
    return CONFIGURAZIONI.get(lingua, "tessere_uk")


def tsquery(domanda: Domanda, lingua: str, *, ogni: bool = True) -> Sql:
    """All terms (or any, without `ogni`), each as any of its alternatives, read in `lingua` and in Italian."""
    parts = [termine(each, lingua) for each in domanda.termini]
    glue = " && " if ogni else " || "
    return Sql(glue.join(part.testo for part in parts), [value for part in parts for value in part.valori])


def termine(alternative: Sequence[str], lingua: str) -> Sql:
    configurations = list(dict.fromkeys([configurazione(lingua), "tessere_it"]))
    each = [(name, words) for words in alternative for name in configurations]
    calls = " || ".join("plainto_tsquery(%s::regconfig, %s)" for _pair in each)
    return Sql(f"({calls})", [value for pair in each for value in pair])


def filtro(filtri: Filtri, *, tranne: str = "") -> Sql:
    """Rows that have one of the chosen values of each facet, `tranne` apart."""
    chosen = [values for name, values in scelti(filtri).items() if name != tranne]
    return Sql(" AND ".join("valori && %s::varchar[]" for _each in chosen) or "true", list(chosen))


def ordine(filtri: Filtri) -> Sql:
    if filtri.ordina is Ordine.DISTANZA and filtri.vicino:
        return Sql(f"{DISTANZA} ASC NULLS LAST, {NOME}", [filtri.vicino])
    return Sql(NOME if filtri.ordina is Ordine.NOME else f"punti DESC, {NOME}")
