"""What an address may point to besides the case: one maker for each argument's name.

Everything is made for the person who is about to ask, of his body and by himself, so that only the case decides.
"""

import uuid
from datetime import timedelta

from django.utils import timezone

from casi.models import VoceDiario

from .scena import INIZIO


def voce(scena, caso, operatore) -> uuid.UUID:
    return VoceDiario.objects.create(
        caso=caso, ente=operatore.ente, autore=operatore, avvenuto_il=INIZIO, testo="Una telefonata."
    ).pk


def domani():
    return timezone.localdate() + timedelta(days=1)


# Arguments that point to nothing: any value will do.
LIBERI = {"modulo": "prova", "oggetto": uuid.UUID("11111111-0000-4000-8000-000000000000")}
# argument → maker(scena, caso, operatore) → its id
DI_UN_CASO = {"voce": voce}
# (first part of the route, argument) → maker(scena, operatore) → its id
FUORI_DAI_CASI: dict[tuple[str, str], object] = {}
# name of the address → maker(scena, persona) → what a POST sends
DATI = {
    "scelta_ente": lambda scena, persona: {"operatore": getattr(scena.operatori.get(persona), "pk", 0)},
}
