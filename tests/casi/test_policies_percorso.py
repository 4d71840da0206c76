"""The decision on what the path of a case leaves behind: first conversations, and level 5 of an assessment."""

import pytest

from casi import policies
from casi.models import Valutazione, VoceValutazioneRiservata
from casi.ruoli import Azione
from tests.factories.casi import AscoltoFactory, CasoFactory, IncaricoFactory, give
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def caso():
    return CasoFactory(stato="preso_in_carico")


def at_work(caso, *permessi, ruolo="assistente_sociale"):
    """Somebody of the holder on the case, with the rows named."""
    operatore = OperatoreFactory(ente=caso.ente_titolare, ruolo=ruolo)
    IncaricoFactory(caso=caso, operatore=operatore)
    for codename in permessi:
        give(caso, operatore.utente, codename)
    return attore_for(operatore)


def azioni(attore, caso):
    return policies.azioni_su(attore, caso.pk)


def test_conversations_of_a_case_are_read_by_who_held_them_by_the_body_and_by_who_assesses(caso):
    volontario, collega, lettore = (
        at_work(caso, ruolo="volontario_ascolto"),
        at_work(caso, "change_caso"),
        at_work(caso),
    )
    mio = AscoltoFactory(operatore=volontario.operatore, caso=caso)
    dell_ente = AscoltoFactory(operatore=OperatoreFactory(ente=caso.ente_titolare), caso=caso)
    altrui = AscoltoFactory(caso=caso)
    AscoltoFactory(operatore=volontario.operatore, caso=CasoFactory())
    AscoltoFactory(operatore=volontario.operatore)
    readers = ((volontario, {mio}), (lettore, {mio, dell_ente}), (collega, {mio, dell_ente, altrui}))
    for attore, seen in readers:
        assert set(policies.ascolti_visibili(attore, caso, azioni(attore, caso))) == seen
    assert not policies.ascolti_visibili(collega, caso, frozenset()).exists()


def test_health_and_children_are_read_by_the_responsible_and_by_who_wrote_them_while_he_may_assess(caso):
    responsabile, autore = at_work(caso, "change_caso", "condividi_caso"), at_work(caso, "change_caso")
    collega = at_work(caso, "change_caso")
    valutazione = Valutazione.objects.create(caso=caso, autore=autore.operatore)
    riga = VoceValutazioneRiservata.objects.create(valutazione=valutazione, area="salute", bisogni="x", risorse="y")
    altrove = Valutazione.objects.create(caso=CasoFactory(), autore=autore.operatore)
    VoceValutazioneRiservata.objects.create(valutazione=altrove, area="salute", bisogni="x", risorse="y")
    for attore, seen in ((responsabile, [riga]), (autore, [riga]), (collega, [])):
        assert list(policies.salute_e_minori_visibili(attore, caso, azioni(attore, caso))) == seen
    without = azioni(autore, caso) - {Azione.VALUTARE}
    assert not policies.salute_e_minori_visibili(autore, caso, without).exists()
