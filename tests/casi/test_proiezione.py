"""Putting people on a case and taking them off: the dated truth and the permission rows go together."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from casi import policies
from casi.actions.incarichi import assign, dismiss, give, project
from casi.actions.serratura import claim, require
from casi.errori import Impossibile, Vietato
from casi.models import Incarico, Parte, PermessoUtenteSuCaso, Registro
from casi.ruoli import Azione
from tests.factories.casi import CasoFactory, IncaricoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for

pytestmark = pytest.mark.django_db
DI_COLLEGA = {"view_caso", "change_caso", "annota_caso", "note_caso"}
DI_COLLABORATORE = {"view_caso", "annota_caso"}


@pytest.fixture
def responsabile():
    incarico = IncaricoFactory(parte="responsabile", permesso=False, caso__stato="preso_in_carico")
    project(incarico.caso, incarico.operatore.utente_id)
    return incarico


@pytest.fixture
def by(responsabile):
    return attore_for(responsabile.operatore)


@pytest.fixture
def collega(responsabile):
    return OperatoreFactory(ente=responsabile.caso.ente_titolare, ruolo="assistente_sociale")


def rows(caso, operatore) -> set[str]:
    found = PermessoUtenteSuCaso.objects.filter(content_object=caso, user=operatore.utente_id)
    return set(found.values_list("permission__codename", flat=True))


@pytest.mark.parametrize(("parte", "expected"), [("collega", DI_COLLEGA), ("collaboratore", DI_COLLABORATORE)])
def test_assigned_gets_the_rows_of_his_part_and_dismissed_loses_them_all(by, responsabile, collega, parte, expected):
    caso = responsabile.caso
    incarico = assign(by=by, caso=caso.pk, operatore=collega, parte=Parte(parte))
    assert rows(caso, collega) == expected
    assert policies.may(attore_for(collega), Azione.VEDERE_CASO, caso)
    dismiss(by=by, caso=caso.pk, incarico=incarico.pk)
    assert rows(caso, collega) == set()
    assert not policies.may(attore_for(collega), Azione.VEDERE_CASO, caso)
    incarico.refresh_from_db()
    assert (incarico.tolta_da, incarico.data_da) == (by.operatore, by.operatore)
    lines = Registro.objects.order_by("pk").values_list("azione", "esito", "finalita", "casi", "oggetto_id")
    assert list(lines) == [
        ("condividere", "consentito", "assegna", [caso.pk], incarico.pk),
        ("condividere", "consentito", "toglie", [caso.pk], incarico.pk),
    ]


def test_one_part_less_leaves_the_rows_of_the_other_tie(by, responsabile, collega):
    """The same person assigned under two ties: taking one off leaves what the other gives."""
    caso, altro = responsabile.caso, OperatoreFactory(utente=collega.utente, ruolo="referente")
    incarico = assign(by=by, caso=caso.pk, operatore=collega, parte=Parte.COLLEGA)
    give(by, caso, altro, Parte.COLLABORATORE)
    assert rows(caso, collega) == DI_COLLEGA
    dismiss(by=by, caso=caso.pk, incarico=incarico.pk)
    assert rows(caso, collega) == DI_COLLABORATORE


def test_nobody_is_assigned_twice_nor_beside_an_assignment_that_is_about_to_end(by, responsabile, collega):
    caso = responsabile.caso
    incarico = assign(by=by, caso=caso.pk, operatore=collega, parte=Parte.COLLEGA)
    with pytest.raises((ValidationError, Impossibile)):
        assign(by=by, caso=caso.pk, operatore=collega)
    Incarico.objects.filter(pk=incarico.pk).update(al=timezone.localdate() + timedelta(days=1))
    with pytest.raises((ValidationError, Impossibile)):
        assign(by=by, caso=caso.pk, operatore=collega)


@pytest.mark.parametrize("ruolo", ["coordinatore", "operatore_sportello", "responsabile_privacy"])
def test_role_that_follows_no_case_is_not_assigned(by, responsabile, ruolo):
    sportello = OperatoreFactory(ente=responsabile.caso.ente_titolare, ruolo=ruolo)
    with pytest.raises(Impossibile):
        assign(by=by, caso=responsabile.caso.pk, operatore=sportello)
    with pytest.raises(Impossibile):
        give(by, responsabile.caso, sportello, Parte.COLLABORATORE)
    assert rows(responsabile.caso, sportello) == set()


def test_responsible_is_neither_named_nor_taken_off_here(by, responsabile, collega):
    caso = responsabile.caso
    with pytest.raises(Impossibile):
        assign(by=by, caso=caso.pk, operatore=collega, parte=Parte.RESPONSABILE)
    with pytest.raises(Impossibile):
        dismiss(by=by, caso=caso.pk, incarico=responsabile.pk)
    with pytest.raises(Impossibile):
        dismiss(by=by, caso=caso.pk, incarico=uuid4())


def test_colleague_who_may_not_share_assigns_and_dismisses_nobody(by, responsabile, collega):
    caso = responsabile.caso
    incarico = assign(by=by, caso=caso.pk, operatore=collega, parte=Parte.COLLEGA)
    terzo = OperatoreFactory(ente=caso.ente_titolare, ruolo="assistente_sociale")
    for who in (attore_for(collega), attore_for(responsabile.operatore, confermato=False)):
        with pytest.raises(Vietato):
            assign(by=who, caso=caso.pk, operatore=terzo)
        with pytest.raises(Vietato):
            dismiss(by=who, caso=caso.pk, incarico=incarico.pk)
    assert rows(caso, terzo) == set()
    assert Registro.objects.count() == 1


def test_assignment_of_another_case_is_not_there(by, responsabile):
    altro = IncaricoFactory(caso__ente_titolare=responsabile.caso.ente_titolare)
    with pytest.raises(Impossibile):
        dismiss(by=by, caso=responsabile.caso.pk, incarico=altro.pk)


def test_claim_and_require_let_pass_who_may_and_nobody_else(by, responsabile, collega):
    caso = responsabile.caso
    assert claim(by, Azione.CONDIVIDERE, caso.pk) == caso
    for who, pk in ((attore_for(collega), caso.pk), (by, CasoFactory().pk), (by, uuid4())):
        with pytest.raises(Vietato):
            claim(who, Azione.CONDIVIDERE, pk)
    require(by, Azione.CERCARE)
    with pytest.raises(Vietato):
        require(by, Azione.LEGGERE_REGISTRO)
