"""A sign for the officer: somebody opened a case of people who have his surname. No name is shown, kept or logged."""

import logging
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django.utils.html import escape

from casi.models import Incompatibilita
from casi.selectors.allerte import SOGLIE, alerts
from casi.selectors.registro import rubrica
from casi.selectors.registro_conti import counts
from tests.casi.test_registro_viste import di
from tests.factories.casi import CasoFactory
from tests.factories.catalogo import AccordoFactory, AdesioneFactory, OperatoreFactory
from tests.factories.famiglie import famiglia
from tests.support.attori import attore_for

pytestmark = pytest.mark.django_db
COGNOME = SOGLIE["cognome"]


@pytest.fixture
def dpo():
    return OperatoreFactory(ruolo="responsabile_privacy")


@pytest.fixture
def delia():
    return OperatoreFactory(utente__last_name="D'Elìa", utente__first_name="Vera", ruolo="assistente_sociale")


def caso_di(cognome: str, **kwargs):
    caso = CasoFactory(**kwargs)
    famiglia(caso, cognome=cognome)
    return caso


def raised(dpo) -> list[tuple[int, int]]:
    found = alerts(attore_for(dpo), rubrica(), timezone.localdate() - timedelta(days=20))
    return [(each.utente_id, each.quanti) for each in found if each.soglia == COGNOME]


@pytest.mark.parametrize(
    ("cognome", "line", "told"),
    [
        pytest.param("DELIA", {}, True, id="come suona scritto"),
        pytest.param("Delia", {"azione": "vedere_persone"}, True, id="persone"),
        pytest.param("D'Elia Conti", {}, False, id="un altro"),
        pytest.param("D'Elia", {"azione": "elencare_casi"}, False, id="in un elenco"),
        pytest.param("D'Elia", {"esito": "negato"}, False, id="negato"),
        pytest.param("D'Elia", {"azione": "cercare"}, False, id="cercato"),
    ],
)
def test_who_opens_a_case_of_his_surname_is_pointed_out(dpo, delia, cognome, line, told):
    caso = caso_di(cognome)
    di(OperatoreFactory(utente__last_name="Altro"), casi=[caso.pk])
    di(delia, casi=[CasoFactory().pk])
    assert raised(dpo) == []
    for _page in range(3):
        di(delia, casi=[caso.pk], **line)
    assert raised(dpo) == ([(delia.utente_id, 1)] if told else []), "one case, however many pages of it"


def test_surname_written_with_the_name_counts_and_who_has_left_the_household_does_not(dpo, delia):
    together = CasoFactory()
    famiglia(together, cognome="", nome="Anna Delia")
    left = caso_di("D'Elia")
    left.nucleo.componenti.update(al=timezone.localdate() - timedelta(days=1))
    di(delia, casi=[together.pk])
    di(delia, casi=[left.pk])
    assert raised(dpo) == [(delia.utente_id, 1)]


def test_officer_in_conflict_with_the_case_learns_nothing_of_who_lives_there(dpo, delia):
    caso = caso_di("D'Elia")
    di(delia, casi=[caso.pk])
    Incompatibilita.objects.create(
        caso=caso, utente=dpo.utente, origine="dichiarata", motivo="parente", dal=timezone.localdate()
    )
    assert raised(dpo) == []


def test_page_shows_the_sign_and_no_name_goes_to_the_database_or_its_log(riservato, dpo, delia, caplog):
    caso = caso_di("D'Elia")
    di(delia, casi=[caso.pk])
    riservato.force_login(dpo.utente)
    connection.force_debug_cursor = True
    with caplog.at_level(logging.DEBUG, logger="django.db.backends"):
        page = riservato.get("/registro/allerte/").content.decode()
    connection.force_debug_cursor = False
    assert f"<strong>{COGNOME.titolo}</strong>" in page
    assert (escape(str(delia.utente)) in page, caso.numero in page) == (True, False)
    assert "casi_registro" in caplog.text
    assert not [word for word in ("delia", "D'Elìa", "D'Elia") if word in caplog.text]


def test_coordinator_is_not_told_of_surnames(dpo):
    accordo = AccordoFactory()
    coordina = OperatoreFactory(ente=accordo.capofila, ruolo="coordinatore", in_rete=False)
    alone = OperatoreFactory(ente=AdesioneFactory(accordo=accordo).ente, utente__last_name="D'Elia", in_rete=False)
    di(alone, casi=[caso_di("D'Elia").pk])
    told = {each.titolo for ente in counts(attore_for(coordina)) for each in ente.segnali}
    assert COGNOME.titolo not in told
