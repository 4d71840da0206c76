"""Opening a case and reading in it, with one line in the register that says what was shown."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar
from uuid import UUID

from django.db import transaction

from casi import policies
from casi.attore import Attore
from casi.errori import Assente
from casi.models import Caso, Esito
from casi.registro import LEGGE, NIENTE, Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.casi import Aperto
from casi.selectors.conclusa import che_cosa_manca

Cosa = TypeVar("Cosa")
PAGE = 20


def read_in(
    attore: Attore, pk: UUID, azione: Azione, read: Callable[[Aperto], tuple[Cosa, Dettaglio] | None]
) -> tuple[Aperto, Cosa]:
    """The case and what `read` finds in it. Raises Assente where the case, the right or the thing is missing.

    Yes or no, one line is written in the same transaction; what cannot be written is not shown.
    """
    with transaction.atomic():
        azioni = policies.azioni_su(attore, pk)
        casi = Caso.objects.annotate(**che_cosa_manca())
        caso = casi.select_related("ente_titolare", "comune").filter(pk=pk).first() if azioni else None
        aperto = Aperto(caso, azioni) if caso and azione in azioni else None
        found = read(aperto) if aperto else None
        esito = Esito.CONSENTITO if found else Esito.NEGATO
        told = replace(found[1], finalita=found[1].finalita or LEGGE) if found else NIENTE
        record(attore, azione, casi=[pk], esito=esito, dettaglio=told)
    if aperto is None or found is None:
        raise Assente
    return aperto, found[0]
