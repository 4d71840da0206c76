"""What a body that has left the network kept long enough: proposed by who works for the body that leads it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from casi.actions.conservazione import execute, propose
from casi.actions.limiti import seal
from casi.errori import Impossibile
from casi.models import Caso, Richiesta
from casi.selectors.conservazione import to_propose
from catalogo.models import Accordo
from tests.casi.test_scarti_di_rete import elsewhere
from tests.factories.casi import CasoFactory, RichiestaFactory
from tests.factories.catalogo import AccordoFactory, AdesioneFactory
from tests.support.attori import attore_for
from tests.support.incaricati import followed
from tests.support.scarti import USCITE, approved, lead, leave, years_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def chi_guida(assistente):
    """A social worker of the body that leads the network."""
    return lead(assistente, "assistente_sociale")


@pytest.fixture
def esce(assistente):
    """`esce()`: her body gives its adhesion up."""
    return lambda: leave(assistente.ente, "receduta")


def seen(operatore) -> list[tuple[str, str]]:
    return [(each.oggetto, each.uscito) for each in to_propose(attore_for(operatore))]


@pytest.mark.parametrize("uscita", USCITE)
def test_left_behind_is_proposed_by_who_leads_and_goes(assistente, coordinatrice, chi_guida, chiuso, uscita):
    RichiestaFactory(ente=assistente.ente, ricevuta_il=years_ago(2))
    assert seen(chi_guida) == []
    leave(assistente.ente, uscita)
    assert seen(chi_guida) == [("caso", assistente.ente.nome), ("richiesta", assistente.ente.nome)]
    assert seen(lead(assistente, "referente")) == [("richiesta", assistente.ente.nome)]
    scarto = approved(chi_guida, coordinatrice)
    assert seen(chi_guida) == []
    assert execute(by=attore_for(coordinatrice), scarto=scarto.pk) == 2
    assert not Caso.objects.filter(pk=chiuso.pk).exists()
    assert not Richiesta.objects.exists()


def test_with_what_is_over_for_the_body_that_leads(coordinatrice, chi_guida, chiuso, esce):
    own = CasoFactory(ente_titolare=coordinatrice.ente, stato="chiuso", chiuso_il=years_ago(11))
    esce()
    assert [(each.pk, bool(each.uscito)) for each in to_propose(attore_for(chi_guida))] == [
        (own.pk, False), (chiuso.pk, True)
    ]  # fmt: skip


def test_who_has_come_back_or_is_elsewhere_decides_of_his_own(assistente, coordinatrice, chi_guida, chiuso, esce):
    esce()
    scarto = approved(chi_guida, coordinatrice)
    AdesioneFactory(ente=assistente.ente, accordo=AccordoFactory())
    assert execute(by=attore_for(coordinatrice), scarto=scarto.pk) == 0
    assert seen(chi_guida) == []
    assert seen(assistente) == [("caso", "")]


def test_nothing_is_proposed_in_another_network_nor_by_who_leads_no_more(coordinatrice, chi_guida, chiuso, esce):
    esce()
    far = lead(elsewhere("referente"), "assistente_sociale")
    assert seen(far) == []
    led = Accordo.objects.filter(capofila=coordinatrice.ente)
    led.update(valida_al=timezone.localdate() - timedelta(days=1))
    AdesioneFactory(ente=coordinatrice.ente, accordo=AccordoFactory())
    with pytest.raises(Impossibile, match="niente da scartare"):
        propose(by=attore_for(chi_guida))


def test_sealed_case_of_who_has_left_stays_unknown(assistente, chi_guida, esce):
    caso = followed(assistente)
    seal(by=attore_for(assistente), caso=caso.pk)
    Caso.objects.filter(pk=caso.pk).update(stato="chiuso", chiuso_il=years_ago(11))
    esce()
    assert seen(chi_guida) == []


def test_page_says_whose_it_was(riservato, act_as, assistente, chi_guida, chiuso, esce):
    esce()
    act_as("riservato")
    riservato.force_login(chi_guida.utente)
    page = riservato.get("/conservazione/").content.decode()
    assert chiuso.numero in page
    assert f"di {assistente.ente.nome}, uscito dalla rete" in page
