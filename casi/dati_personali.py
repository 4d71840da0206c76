"""How each field of a case is classified: the words that every model's `DatiPersonali` uses."""

from dataclasses import dataclass
from enum import StrEnum


class Categoria(StrEnum):
    """What a field tells of a person."""

    TECNICO = "tecnico"  # nothing by itself
    PERSONALE = "personale"  # GDPR art. 4(1)
    PARTICOLARE = "particolare"  # GDPR art. 9 and 10


@dataclass(frozen=True)
class Dato:
    """Classification of one field: retention class, and what erasing a person does to it."""

    categoria: Categoria
    conservazione: str = "come_il_caso"
    cancellazione: str = "resta"


TECNICO = Dato(Categoria.TECNICO)
PERSONALE = Dato(Categoria.PERSONALE, cancellazione="elimina_riga")
PARTICOLARE = Dato(Categoria.PARTICOLARE, cancellazione="elimina_riga")
REGISTRO = Dato(Categoria.PERSONALE, conservazione="registro_24_mesi")
REGISTRO_TECNICO = Dato(Categoria.TECNICO, conservazione="registro_24_mesi")
RICHIESTA = Dato(Categoria.PERSONALE, conservazione="richiesta_12_mesi", cancellazione="elimina_riga")
ASCOLTO = Dato(Categoria.PERSONALE, conservazione="ascolto_24_mesi", cancellazione="elimina_riga")
ASCOLTO_PARTICOLARE = Dato(Categoria.PARTICOLARE, conservazione="ascolto_24_mesi", cancellazione="elimina_riga")
BOZZA = Dato(Categoria.PERSONALE, conservazione="bozza_30_giorni", cancellazione="elimina_riga")
CHIESTO = Dato(Categoria.PERSONALE, conservazione="registro_24_mesi", cancellazione="svuota")  # with what it is about
