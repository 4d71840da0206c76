"""What a step of the path is made with: the words and dates somebody typed, and the step being taken."""

from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from casi.attore import Attore
from casi.models import Caso
from casi.percorso import Transizione
from catalogo.models import Ente, Operatore


@dataclass(frozen=True)
class Dati:
    """Each step asks for some of these; its guards say which."""

    motivo: str = ""
    assistente: Operatore | None = None
    ente: Ente | None = None
    base_giuridica: str = ""
    avviso_alla_famiglia_il: date | None = None
    prossima_verifica: date | None = None
    urgente_fino_al: date | None = None
    motivo_chiusura: str = ""
    valutazione_finale: str = ""
    note_di_consegna: str = ""

    @classmethod
    def da(cls, campi: dict[str, Any]) -> "Dati":
        """The fields of a form, those that it has."""
        return cls(**{each.name: campi[each.name] for each in fields(cls) if campi.get(each.name) is not None})


@dataclass(frozen=True)
class Mossa:
    """A step by somebody on a case that is locked; effects change `caso`, which is saved after the last one."""

    by: Attore
    caso: Caso
    transizione: Transizione
    dati: Dati
