"""Numbers that could pick a household out are told in words, wherever somebody sees them who may not read the cases."""

import pytest
from django.utils import timezone

from casi.models import PresaInCarico
from casi.parole import fascia
from casi.ruoli import Azione
from casi.selectors.accredito import rete
from casi.selectors.casi import elenco_casi, open_caso
from casi.selectors.emergenze_esame import overview
from casi.selectors.lavoro import lavoro
from casi.selectors.testata import testata_caso as above
from tests.factories.casi import CasoFactory, EmergenzaFactory, IncaricoFactory
from tests.factories.catalogo import AccordoFactory, OperatoreFactory
from tests.factories.famiglie import famiglia
from tests.support.attori import attore_for
from tests.support.incaricati import ammesso

pytestmark = pytest.mark.django_db
DETTI = [(1, "meno di 5"), (4, "meno di 5"), (5, "5"), (6, "6")]


@pytest.mark.parametrize(("quanti", "detto"), DETTI)
def test_coordinator_sees_few_cases_at_work_and_few_late(quanti, detto):
    coordina = OperatoreFactory(ruolo="coordinatore")
    for caso in CasoFactory.create_batch(
        quanti, ente_titolare=coordina.ente, stato="preso_in_carico", prossima_verifica="2026-01-01"
    ):
        PresaInCarico.objects.create(
            caso=caso, assegnata_a=coordina, assegnata_da=coordina, accettata_il=timezone.now()
        )
    ufficio = lavoro(attore_for(coordina)).ufficio
    assert (ufficio.in_carico, ufficio.verifiche_in_ritardo) == (detto, detto)


@pytest.mark.parametrize(("quanti", "detto"), [(0, ""), *DETTI])
def test_coordinator_sees_few_cases_left_without_who_answers_for_them(quanti, detto):
    ente = AccordoFactory().capofila
    gone = OperatoreFactory(ente=ente, ruolo="assistente_sociale", in_rete=False, al="2026-01-01")
    for _each in range(quanti):
        IncaricoFactory(caso__ente_titolare=ente, operatore=gone, parte="responsabile")
    assert rete(attore_for(OperatoreFactory(ente=ente, ruolo="coordinatore", in_rete=False))).da_riassegnare == detto


@pytest.mark.parametrize(("quanti", "troppi"), [(1, False), (2, False), (3, True)])
def test_officer_sees_how_many_emergencies_a_person_has_opened_in_a_month(quanti, troppi):
    """He lists them one by one: a number in words would hide nothing, and what is too many from him."""
    who = OperatoreFactory(ruolo="assistente_sociale")
    EmergenzaFactory.create_batch(quanti, operatore=who)
    found = overview(attore_for(OperatoreFactory(ruolo="responsabile_privacy"))).conteggi
    assert [each[2:] for each in found] == [(quanti, troppi)]


BANDE = [
    (0, ""),
    (1, "1 persona"),
    (2, "2 persone"),
    (3, "3 o 4 persone"),
    (4, "3 o 4 persone"),
    (5, "5 o più persone"),
]


@pytest.mark.parametrize(("persone", "detto"), BANDE)
def test_household_is_told_in_bands(persone, detto):
    assert fascia(persone) == detto


def test_who_has_the_summary_alone_sees_the_band_in_the_list_and_above_the_case():
    caso = CasoFactory(stato="preso_in_carico")
    famiglia(caso, altri=3)
    attore = ammesso(caso)
    (riga,) = elenco_casi(attore).righe
    assert (riga.persone, riga.nome) == ("3 o 4 persone", "")
    assert above(open_caso(attore, caso.pk, Azione.VEDERE_CASO)).persone == "3 o 4 persone"
