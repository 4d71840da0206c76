"""On what each access rested, for everybody of the matrix: said again, from the rows alone."""

import pytest
from django.db.models import Q
from django.utils import timezone

from casi import policies
from casi.models import AccessoEmergenza, Ammissione, Incarico, Registro
from casi.ruoli import REGOLE, Azione, Via
from casi.selectors.casi import open_caso

from .scena import PERSONE

pytestmark = pytest.mark.django_db


def expected(attore, caso, azione) -> set:
    """Said again, from the rows alone."""
    me, today = attore.operatore, timezone.localdate()
    running = {"caso": caso, "tolta_il": None, "dal__lte": today}
    still = Q(al=None) | Q(al__gte=today)
    mine = set(Incarico.objects.filter(still, **running, operatore=me).values_list("pk", flat=True))
    theirs = set(Ammissione.objects.filter(still, **running, ente=me.ente).values_list("pk", flat=True))
    if REGOLE[azione].via is Via.UFFICIO and me.ente_id == caso.ente_titolare_id:
        return set()
    if mine:
        return mine if me.ente_id == caso.ente_titolare_id else mine | theirs
    return set(AccessoEmergenza.objects.filter(caso=caso, operatore=me).values_list("pk", flat=True))


@pytest.mark.parametrize("persona", PERSONE)
def test_whoever_opens_a_case_leaves_what_opened_it(scena, punto, persona):
    attore = scena.attore(persona)
    for stato, caso in scena.casi.items():
        every = policies.azioni_su(attore, caso.pk) if attore else ()
        for azione in every if stato == "preso_in_carico" else {Azione.VEDERE_CASO} & set(every):
            open_caso(attore, caso.pk, azione)
            assert set(Registro.objects.latest("pk").titoli) == expected(attore, caso, azione), (stato, azione)
