"""Who has left a household: what was known there stays, what she says elsewhere of today does not come back to it."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from casi.actions import fusione, persone
from casi.models import Residenza
from casi.selectors.persone import open_famiglia
from tests.factories.casi import ComponenteFactory, PersonaFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.incaricati import followed

pytestmark = pytest.mark.django_db
OGGI = timezone.localdate
CANARINI = {"telefono": "0000 77", "email": "canarino@esempio.it", "contatto_sicuro": "Canarino dalla sorella"}


@pytest.fixture
def sociale():
    return OperatoreFactory(ruolo="assistente_sociale")


@pytest.fixture
def uscita():
    return OGGI() - timedelta(days=30)


@pytest.fixture
def casi(sociale, uscita):
    """The household she has left, the one of today, and her record, in both since the two were made one."""
    lei, doppia = PersonaFactory(cognome="Partiti", senza_dimora=True), PersonaFactory(**CANARINI)
    prima, adesso = followed(sociale), followed(sociale, doppia)
    ComponenteFactory(nucleo=prima.nucleo, persona=lei, al=uscita)
    Residenza.objects.create(persona=lei, tipo="ospite", indirizzo="Via di prima", dal=date(2024, 1, 1))
    fusione.unisci(by=attore_for(sociale), caso=adesso.pk, tenuta=doppia.pk, fusa=lei.pk)
    return prima, adesso, doppia


@pytest.mark.parametrize("dopo", [0, 1, 20])
def test_household_left_behind_sees_no_home_of_later_and_no_contacts(riservato, sociale, casi, uscita, dopo):
    prima, adesso, lei = casi
    by = attore_for(sociale)
    since = uscita + timedelta(days=dopo)
    persone.abita(by=by, caso=adesso.pk, persona=lei.pk, tipo="struttura", indirizzo="Via nuova", dal=since)
    (row,) = open_famiglia(by, prima.pk)[1].usciti
    assert [each.indirizzo for each in row.persona.dimore] == ["Via di prima"]
    (now,) = open_famiglia(by, adesso.pk)[1].presenti
    assert {each.indirizzo for each in now.persona.dimore} == {"Via nuova", "Via di prima"}
    riservato.force_login(sociale.utente)
    shown, hers = (riservato.get(f"/casi/{caso.pk}/persone/").content.decode() for caso in (prima, adesso))
    for word in ("Via nuova", "0000 77", "canarino@esempio.it"):
        assert word not in shown, word
        assert word in hers, word
    assert "Via di prima" in shown


def test_her_record_is_opened_from_where_she_lives_now(riservato, sociale, casi):
    prima, adesso, lei = casi
    riservato.force_login(sociale.utente)
    page = riservato.get(f"/casi/{prima.pk}/persone/").content.decode()
    for rest in ("", "residenza/"):
        address = f"/casi/{{}}/persone/{lei.pk}/{rest}"
        assert riservato.get(address.format(prima.pk)).status_code == 404
        assert riservato.post(address.format(prima.pk), {"versione": 9}).status_code == 404
        assert f'"{address.format(prima.pk)}"' not in page
        assert riservato.get(address.format(adesso.pk)).status_code == 200
    assert riservato.get(f"/casi/{prima.pk}/persone/{lei.pk}/uscita/").status_code == 200


def test_who_leaves_at_the_end_of_the_month_is_still_of_the_household(sociale):
    lei = PersonaFactory(**CANARINI)
    caso = followed(sociale)
    ComponenteFactory(nucleo=caso.nucleo, persona=lei, al=OGGI())
    (row,) = open_famiglia(attore_for(sociale), caso.pk)[1].presenti
    assert row.persona.telefono == "0000 77"
