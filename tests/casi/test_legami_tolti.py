"""A tie of a household, or a home, written by mistake is taken out, with a reason, and nothing it said is lost."""

import uuid
from datetime import date

import pytest

from casi.actions import per_errore, persone
from casi.actions.cancellazione import erase_household
from casi.errori import Assente, Vietato
from casi.models import ComponenteTolto, LegameSociale, Nucleo, Registro, Residenza, Storico
from casi.selectors.persone import open_famiglia
from casi.selectors.storico import com_era
from tests.factories.casi import PersonaFactory
from tests.support.attori import attore_for
from tests.support.copie import copy_for
from tests.support.incaricati import ammesso, followed

pytestmark = pytest.mark.django_db
PERCHE = "È di un'altra famiglia"


@pytest.fixture
def persona():
    return PersonaFactory(cognome="Canarini", nome="Ada")


@pytest.fixture
def caso(assistente, persona):
    return followed(assistente, persona)


@pytest.fixture
def legame(assistente, caso):
    by = attore_for(assistente)
    riga = persone.scrivi_legame(by=by, caso=caso.pk, chi="La zia Carmela", contatto="0000 1")
    return persone.scrivi_legame(
        by=by, caso=caso.pk, legame=riga.pk, versione=1, chi="La zia Carmela", contatto="0000 2"
    )


@pytest.fixture
def casa(assistente, caso, persona):
    by, base = attore_for(assistente), {"tipo": "ospite", "dal": date(2024, 1, 1)}
    riga = persone.abita(by=by, caso=caso.pk, persona=persona.pk, indirizzo="Via Storta 1", **base)
    return persone.correggi_residenza(
        by=by, caso=caso.pk, persona=persona.pk, residenza=riga.pk, versione=1, indirizzo="Via Storta 2"
    )


def test_tie_is_taken_out_waits_apart_and_is_put_back_as_it_was(riservato, act_as, assistente, caso, legame):
    by, before = attore_for(assistente), list(LegameSociale.objects.values_list())
    history = list(Storico.objects.values_list())
    act_as("riservato")
    riservato.force_login(assistente.utente)
    address = f"/casi/{caso.pk}/legami/{legame.pk}/togli/"
    assert address in riservato.get(f"/casi/{caso.pk}/persone/").content.decode()
    assert riservato.post(address, {"chiave": str(uuid.uuid4())}).status_code == 422
    assert riservato.post(address, {"chiave": str(uuid.uuid4()), "perche": PERCHE}).status_code == 302
    assert open_famiglia(by, caso.pk)[1].legami == []
    assert riservato.get(address).status_code == 404
    page = riservato.get(f"/casi/{caso.pk}/persone/prima/").content.decode()
    assert "Carmela" in page
    assert "un&#x27;altra famiglia" in page
    tolto = ComponenteTolto.objects.get()
    back = riservato.get(f"/casi/{caso.pk}/persone/prima/{tolto.pk}/rimetti/").content.decode()
    assert "Rimetti La zia Carmela" in back
    per_errore.rimetti(by=by, caso=caso.pk, tolto=tolto.pk)
    assert (list(LegameSociale.objects.values_list()), list(Storico.objects.values_list())) == (before, history)
    lines = Registro.objects.filter(finalita__in=["toglie_legame", "rimette"]).order_by("pk")
    assert [(each.oggetto_id, each.casi) for each in lines] == [(legame.pk, [caso.pk])] * 2


def test_tie_that_waits_apart_goes_with_the_household(assistente, caso, legame):
    per_errore.togli_legame(by=attore_for(assistente), caso=caso.pk, legame=legame.pk, perche=PERCHE)
    nucleo = caso.nucleo
    caso.delete()
    erase_household(nucleo)
    assert (LegameSociale.objects.count(), Nucleo.objects.count(), Storico.objects.count()) == (0, 0, 0)


def test_home_is_taken_out_and_what_it_said_stays_in_her_history(riservato, act_as, assistente, caso, persona, casa):
    by = attore_for(assistente)
    act_as("riservato")
    riservato.force_login(assistente.utente)
    address = f"/casi/{caso.pk}/persone/{persona.pk}/residenza/{casa.pk}/togli/"
    page = riservato.get(f"/casi/{caso.pk}/persone/").content.decode()
    assert address in page
    assert "Via Storta 2" in riservato.get(address).content.decode()
    assert riservato.post(address, {"chiave": str(uuid.uuid4()), "perche": PERCHE}).status_code == 302
    assert not Residenza.objects.exists()
    said = [each.valori for each in com_era(by, caso.pk)[1].persone[0][1]]
    assert said == [
        {"tipo": "Ospite di qualcuno", "indirizzo": "Via Storta 2", "dal": "01/01/2024"}, {"indirizzo": "Via Storta 1"},
    ]  # fmt: skip
    page = riservato.get(f"/casi/{caso.pk}/persone/prima/").content.decode()
    assert "Come ci vive" in page
    assert "un&#x27;altra famiglia" in page
    copied = copy_for(attore_for(assistente, confermato=True), caso.pk, persona=persona.pk).dati["com_era_prima"]
    assert copied[0]["perche"] == PERCHE
    line = Registro.objects.get(finalita="toglie_residenza")
    assert (line.oggetto, line.oggetto_id, line.casi) == ("residenza", casa.pk, [caso.pk])


def test_taking_out_is_for_who_corrects_this_very_household(assistente, caso, persona, legame, casa):
    by = attore_for(assistente)
    reader, elsewhere = ammesso(caso, "contatti"), followed(assistente, PersonaFactory())
    one = {"legame": legame.pk, "perche": PERCHE}
    home = {"persona": persona.pk, "residenza": casa.pk, "perche": PERCHE}
    for togli, what in ((per_errore.togli_legame, one), (per_errore.togli_residenza, home)):
        with pytest.raises(Vietato):
            togli(by=reader, caso=caso.pk, **what)
        with pytest.raises(Assente):
            togli(by=by, caso=elsewhere.pk, **what)
    other = elsewhere.nucleo.componenti.get().persona
    with pytest.raises(Assente):
        per_errore.togli_residenza(by=by, caso=elsewhere.pk, **home | {"persona": other.pk})
    assert (LegameSociale.objects.count(), Residenza.objects.count()) == (1, 1)
