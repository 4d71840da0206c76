"""What goes in and out of a search: plain values, the same whatever engine answers."""

from dataclasses import dataclass, field, fields
from enum import StrEnum

from django.utils.safestring import SafeString

PER_PAGINA = 20
TESTO_MASSIMO = 120  # characters of a question; what is longer is cut


class Genere(StrEnum):
    """What kind of thing was found."""

    SERVIZIO = "servizio"
    ENTE = "ente"
    LUOGO = "luogo"
    NOTIZIA = "notizia"
    PAGINA = "pagina"
    DOCUMENTO = "documento"


class Ordine(StrEnum):
    RILEVANZA = "rilevanza"
    NOME = "nome"
    DISTANZA = "distanza"  # from the municipality named in `Filtri.vicino`


@dataclass(frozen=True)
class Filtri:
    """Codes of vocabularies, each list meaning "any of these"; lists combine with each other and with the words."""

    genere: tuple[str, ...] = ()
    bisogno: tuple[str, ...] = ()
    tipo: tuple[str, ...] = ()
    per: tuple[str, ...] = ()
    comune: tuple[str, ...] = ()  # ISTAT codes
    ente: tuple[str, ...] = ()  # primary keys of Ente, as text
    accesso: tuple[str, ...] = ()
    gratuito: bool = False
    senza_isee: bool = False
    vicino: str = ""  # ISTAT code of the municipality distances are measured from
    ordina: Ordine = Ordine.RILEVANZA

    def __post_init__(self) -> None:
        """A code with NUL, which no database takes, is a code that nothing has."""
        for each in fields(self):
            value = getattr(self, each.name)
            if isinstance(value, tuple):
                object.__setattr__(self, each.name, tuple(code.replace("\0", "\ufffd") for code in value))
        object.__setattr__(self, "vicino", self.vicino.replace("\0", "\ufffd"))


@dataclass(frozen=True)
class Faccetta:
    """A value one may narrow by, and how many results it would leave."""

    valore: str
    etichetta: str
    numero: int
    scelta: bool = False


@dataclass(frozen=True)
class Risultato:
    """One result, ready to be shown: nothing else is asked of the database for it."""

    genere: Genere
    pagina: int  # primary key of the Wagtail page, or of that which offers the document
    titolo: str
    url: str
    descrizione: str
    estratto: SafeString  # safe HTML with <mark> around the words found; empty where the title says it all
    lingua: str  # language of the text shown: an Italian text under another language must be labelled
    tipo: str = ""  # name of the kind of service, in the reader's language
    ente: str = ""
    comune: str = ""
    telefono: str = ""
    tassello: str = ""  # tile of the first need
    tinta: str = ""
    distanza_km: float | None = None


@dataclass(frozen=True)
class Risultati:
    """A page of results and all that surrounds it."""

    testo: str  # the question as it was understood
    righe: list[Risultato]
    totale: int
    pagina: int = 1
    pagine: int = 1
    faccette: dict[str, list[Faccetta]] = field(default_factory=dict)  # by name of a field of `Filtri`
    simili: bool = False  # nothing matched as written: these resemble it
    forse: str = ""  # "forse cercavi": a better spelling, empty when there is none
    ripiego: bool = False  # the search server did not answer: PostgreSQL did
    termini: tuple[tuple[str, ...], ...] = ()  # what was looked for in the end, spelling put right


@dataclass(frozen=True)
class Suggerimento:
    """A line of the autocomplete."""

    testo: str
    genere: str  # a `Genere`, or "bisogno", "comune"
    url: str
