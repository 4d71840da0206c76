"""A write that only the action refuses is in the register like one refused at the door."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from casi.actions import diario as azioni_diario
from casi.models import Incarico, Registro, VoceDiario
from tests.factories.casi import CasoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.incaricati import responsabile

pytestmark = pytest.mark.django_db


@pytest.fixture
def caso():
    return CasoFactory(stato="preso_in_carico")


@pytest.fixture
def titolare(riservato, caso):
    found = responsabile(caso).operatore
    riservato.force_login(found.utente)
    return found


def negate():
    return list(Registro.objects.filter(esito="negato").order_by("pk").values_list("azione", "casi", "operatore_id"))


def test_write_stopped_by_claim_alone_leaves_one_refusal_with_its_case(riservato, caso, titolare, monkeypatch):
    """The right ends between the page's own question and the lock: only `claim` says no."""
    address = reverse("casi:diario_scrivi", args=[caso.pk])
    form = {
        "chiave": uuid.uuid4(),
        "tipo": "colloquio",
        "testo": "Una riga.",
        "avvenuto_il": "2026-01-02",
        "livello": 3,
    }
    real = azioni_diario.write

    def late(**given):
        Incarico.objects.filter(caso=caso).update(tolta_il=timezone.now())
        return real(**given)

    monkeypatch.setattr(azioni_diario, "write", late)
    assert riservato.get(address).status_code == 200
    assert riservato.post(address, form).status_code == 404
    assert negate() == [("scrivere_diario", [caso.pk], titolare.pk)]
    assert not VoceDiario.objects.exists()


def test_action_that_refuses_what_is_about_no_case_leaves_one_refusal(riservato):
    operatore = OperatoreFactory(ruolo="assistente_sociale")
    riservato.force_login(operatore.utente)
    address = reverse("casi:chiudi_emergenza", args=[uuid.uuid4()])
    assert riservato.post(address, {"chiave": uuid.uuid4()}).status_code == 404
    assert negate() == [("entrare", [], operatore.pk)]


def test_read_that_was_already_refused_in_writing_is_not_written_twice(riservato, titolare):
    altrui = CasoFactory(stato="preso_in_carico")
    assert riservato.get(reverse("casi:diario_scrivi", args=[altrui.pk])).status_code == 404
    assert negate() == [("scrivere_diario", [altrui.pk], titolare.pk)]
