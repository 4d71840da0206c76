"""Somebody put in a household by mistake is taken out of it, and of her nothing is lost that somebody wrote."""

import uuid
from datetime import date

import pytest

from casi import policies
from casi.actions import fusione, per_errore, persone
from casi.actions.cancellazione import erase_household
from casi.errori import Assente, Impossibile, Vietato
from casi.models import Avviso, Bozza, Caso, Componente, ComponenteTolto, Nucleo, Persona, Registro, Residenza
from casi.ruoli import Azione
from casi.selectors.storico import com_era
from tests.factories.casi import CasoFactory, ComponenteFactory, PersonaFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attese import while_waiting
from tests.support.attori import attore_for
from tests.support.fusioni import separa
from tests.support.incaricati import ammesso, followed, incarica

pytestmark = pytest.mark.django_db


@pytest.fixture
def sociale():
    return OperatoreFactory(ruolo="assistente_sociale")


@pytest.fixture
def caso(sociale):
    return followed(sociale, PersonaFactory())


@pytest.fixture
def estranea(caso):
    return ComponenteFactory(nucleo=caso.nucleo, persona=PersonaFactory(cognome="Estranei")).persona


def test_one_of_whom_nothing_else_was_written_is_erased_at_once(sociale, caso, estranea):
    Bozza.objects.create(operatore=sociale, modulo="persona", oggetto=estranea.pk, contenuto="{}")
    assert not per_errore.togli(by=attore_for(sociale), caso=caso.pk, persona=estranea.pk)
    assert not Persona.objects.filter(pk=estranea.pk).exists()
    assert not Bozza.objects.exists()
    assert Nucleo.objects.count() == 1
    line = Registro.objects.get(finalita="cancella_per_errore")
    assert (line.casi, line.oggetto_id) == ([caso.pk], estranea.pk)


@pytest.mark.parametrize("storia", ["casa", "correzione", "uscita", "altrove"])
def test_one_with_a_history_waits_apart_and_is_put_back_exactly(sociale, caso, estranea, storia):
    by = attore_for(sociale)
    if storia == "casa":
        Residenza.objects.create(persona=estranea, tipo="ospite", dal=date(2024, 1, 1))
    elif storia == "correzione":
        persone.correggi(by=by, caso=caso.pk, persona=estranea.pk, versione=1, telefono="0000 5")
    elif storia == "uscita":
        persone.esce(by=by, caso=caso.pk, persona=estranea.pk, al=date(2025, 1, 1))
    else:
        followed(sociale, estranea)
    before = list(Componente.objects.order_by("pk").values_list())
    assert per_errore.togli(by=by, caso=caso.pk, persona=estranea.pk, perche="Era la vicina")
    assert caso.nucleo.componenti.count() == 1
    (tolto, persona), *_ = com_era(by, caso.pk)[1].tolti
    assert (tolto.perche, persona) == ("Era la vicina", estranea)
    with pytest.raises(Assente):
        persone.correggi(by=by, caso=caso.pk, persona=estranea.pk, versione=1, telefono="0000 6")
    with pytest.raises(Assente):
        per_errore.rimetti(by=by, caso=followed(sociale).pk, tolto=tolto.pk)
    per_errore.rimetti(by=by, caso=caso.pk, tolto=tolto.pk)
    assert list(Componente.objects.order_by("pk").values_list()) == before
    assert not ComponenteTolto.objects.exists()
    assert Nucleo.objects.filter(casi__isnull=True).count() == 0
    assert {"toglie_per_errore", "rimette"} <= set(Registro.objects.values_list("finalita", flat=True))


def test_one_who_is_there_already_by_a_merge_is_not_put_back(sociale, caso, estranea):
    """Two records of one person, one of them put in by mistake: once they are one, the days would be hers twice."""
    by, tenuta = attore_for(sociale), caso.nucleo.componenti.exclude(persona=estranea).get().persona
    followed(sociale, estranea)
    assert per_errore.togli(by=by, caso=caso.pk, persona=estranea.pk)
    fusione.unisci(by=by, caso=caso.pk, tenuta=tenuta.pk, fusa=estranea.pk)
    tolto = ComponenteTolto.objects.get()
    with pytest.raises(Impossibile, match="è già nel nucleo"):
        per_errore.rimetti(by=by, caso=caso.pk, tolto=tolto.pk)
    separa(by, caso.pk, tenuta.pk)
    per_errore.rimetti(by=by, caso=caso.pk, tolto=tolto.pk)
    assert caso.nucleo.componenti.count() == 2


def test_who_is_put_back_may_be_close_to_who_works_on_the_case(sociale, caso, estranea):
    Residenza.objects.create(persona=estranea, tipo="ospite", dal=date(2024, 1, 1))
    per_errore.togli(by=attore_for(sociale), caso=caso.pk, persona=estranea.pk)
    named = {"utente__last_name": estranea.cognome, "utente__first_name": estranea.nome}
    incarica(caso, OperatoreFactory(ente=sociale.ente, ruolo="assistente_sociale", **named), "collega")
    per_errore.rimetti(by=attore_for(sociale), caso=caso.pk, tolto=ComponenteTolto.objects.get().pk)
    assert Avviso.objects.get().tipo == "incompatibilita"


@pytest.mark.django_db(transaction=True)
def test_two_who_put_her_back_from_two_cases_do_it_once(sociale, caso, estranea):
    Residenza.objects.create(persona=estranea, tipo="ospite", dal=date(2024, 1, 1))
    altro, by = followed(sociale), attore_for(sociale)
    type(caso).objects.filter(pk=altro.pk).update(nucleo=caso.nucleo)
    per_errore.togli(by=by, caso=caso.pk, persona=estranea.pk)
    tolto = ComponenteTolto.objects.get().pk
    failed = while_waiting(
        lambda: per_errore.rimetti(by=by, caso=caso.pk, tolto=tolto),
        lambda: per_errore.rimetti(by=by, caso=altro.pk, tolto=tolto),
    )
    assert isinstance(failed, Assente)
    assert Registro.objects.get(finalita="rimette").oggetto_id == estranea.pk


def test_what_hangs_on_her_is_to_be_taken_off_first(sociale, caso, estranea):
    by, doppia = attore_for(sociale), PersonaFactory()
    followed(sociale, doppia)
    fusione.unisci(by=by, caso=caso.pk, tenuta=estranea.pk, fusa=doppia.pk)
    with pytest.raises(Impossibile, match="prima separale"):
        per_errore.togli(by=by, caso=caso.pk, persona=estranea.pk)
    separa(by, caso.pk, estranea.pk)
    assert per_errore.togli(by=by, caso=caso.pk, persona=estranea.pk)  # a merge, undone, is history
    alone = caso.nucleo.componenti.get().persona
    with pytest.raises(Impossibile, match="unica persona"):
        per_errore.togli(by=by, caso=caso.pk, persona=alone.pk)


def test_every_row_that_points_to_a_person_goes_with_her_or_stands_in_the_way():
    pointing = {link.related_model for link in Persona._meta.related_objects}
    assert pointing == per_errore.SUOI


def test_taking_out_is_for_who_corrects_every_case_of_the_household(sociale, caso, estranea):
    by = attore_for(sociale)
    Caso.objects.update(stato="preso_in_carico")  # as long as it is assessed no other body reads it
    reader = ammesso(caso, "contatti")
    assert policies.may(reader, Azione.VEDERE_PERSONE, caso)
    with pytest.raises(Vietato):
        per_errore.togli(by=reader, caso=caso.pk, persona=estranea.pk)
    with pytest.raises(Assente):
        per_errore.togli(by=by, caso=followed(sociale, PersonaFactory()).pk, persona=estranea.pk)
    CasoFactory(nucleo=caso.nucleo)
    with pytest.raises(Impossibile, match="Da qui non la puoi togliere"):
        per_errore.togli(by=by, caso=caso.pk, persona=estranea.pk)
    assert Persona.objects.filter(pk=estranea.pk).exists()


def test_who_waits_apart_goes_with_the_household(sociale, caso, estranea):
    Residenza.objects.create(persona=estranea, tipo="ospite", dal=date(2024, 1, 1))
    per_errore.togli(by=attore_for(sociale), caso=caso.pk, persona=estranea.pk)
    nucleo = caso.nucleo
    type(caso).objects.filter(pk=caso.pk).update(nucleo=None)
    erase_household(nucleo)
    assert (Persona.objects.count(), Nucleo.objects.count()) == (0, 0)


def test_pages_take_out_and_put_back(riservato, sociale, caso, estranea):
    Residenza.objects.create(persona=estranea, tipo="ospite", dal=date(2024, 1, 1))
    riservato.force_login(sociale.utente)
    here = f"/casi/{caso.pk}/persone/"
    assert "Aggiunta per errore" in riservato.get(here).content.decode()
    page = f"{here}{estranea.pk}/errore/"
    assert "Estranei" in riservato.get(page).content.decode()
    sent = {"chiave": str(uuid.uuid4()), "perche": "Era la vicina"}
    for _twice in range(2):
        assert riservato.post(page, sent).status_code == 302
    assert "Estranei" not in riservato.get(here).content.decode()
    told = riservato.get(f"{here}prima/").content.decode()
    assert "Era la vicina" in told
    back = f"{here}prima/{ComponenteTolto.objects.get().pk}/rimetti/"
    assert "Estranei" in riservato.get(back).content.decode()
    assert riservato.post(back, {"chiave": str(uuid.uuid4())}).status_code == 302
    assert "Estranei" in riservato.get(here).content.decode()
