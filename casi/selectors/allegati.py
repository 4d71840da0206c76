"""The files of a case: their list, and one handed out, chunk after verified chunk."""

from base64 import b64decode
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator

from casi import policies, storage
from casi.attore import Attore
from casi.models import Allegato
from casi.models.limiti import is_hidden
from casi.registro import Dettaglio
from casi.ruoli import Azione
from casi.selectors.casi import Aperto
from casi.selectors.lettura import PAGE, read_in


@dataclass(frozen=True)
class Scaricato:
    riga: Allegato
    contenuto: Iterator[bytes]


def allegati(attore: Attore, pk: UUID, pagina: str) -> tuple[Aperto, Page[Allegato]]:
    def read(aperto: Aperto) -> tuple[Page[Allegato], Dettaglio]:
        visible = policies.allegati_visibili(attore, aperto.caso, aperto.azioni)
        rows = visible.defer("chiave").select_related("autore__utente", "ente").annotate(nascosta=is_hidden("allegato"))
        found: Page[Any] = Paginator(rows.order_by("-creato_il", "pk"), PAGE).get_page(pagina)
        found.object_list = list(found.object_list)
        levels = [riga.livello for riga in found.object_list]
        return found, Dettaglio(finalita="allegati", livello=max(levels, default=None), risultati=len(levels))

    return read_in(attore, pk, Azione.DIARIO_PROPRIO, read)


def scarica(attore: Attore, pk: UUID, allegato: UUID) -> Scaricato:
    """The file, its first chunk already verified. Raises Assente, FileGuastoError (lost or changed)."""

    def read(aperto: Aperto) -> tuple[Allegato, Dettaglio] | None:
        riga = policies.allegati_visibili(attore, aperto.caso, aperto.azioni).filter(pk=allegato).first()
        return (riga, Dettaglio(riga, livello=riga.livello, finalita="scarica")) if riga else None

    _aperto, riga = read_in(attore, pk, Azione.DIARIO_PROPRIO, read)
    chunks = storage.read(riga.pk, b64decode(riga.chiave))
    return Scaricato(riga, chain([next(chunks)], chunks))
