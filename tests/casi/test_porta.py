"""The door: a write that only the action refuses is in the register like one refused here, and nobody acts for a body
he has not chosen."""

import uuid
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone

from casi.actions import diario as azioni_diario
from casi.models import Incarico, PrimoAscolto, Registro, VoceDiario
from tests.factories.casi import CasoFactory
from tests.factories.catalogo import BisognoFactory, OperatoreFactory
from tests.support.html import StrictClient
from tests.support.incaricati import responsabile

pytestmark = pytest.mark.django_db


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


# --- For whom one acts


@pytest.fixture
def due(riservato):
    """Two ties of one person, the first by name first. Nothing is chosen yet."""
    BisognoFactory(codice="mangiare", nome="Mangiare")
    aurora = OperatoreFactory(ruolo="assistente_sociale", ente__nome="Aurora")
    bottega = OperatoreFactory(utente=aurora.utente, ruolo="volontario_ascolto", ente__nome="Bottega")
    riservato.force_login(aurora.utente)
    return aurora, bottega


@pytest.fixture
def attento(due):
    """The same browser as it really is: a form without its token is not taken."""
    found = StrictClient(enforce_csrf_checks=True)
    found.force_login(due[0].utente)
    return found


SCELTA_ENTE, NUOVO = "/ente/", "/ascolti/nuovo/"
ASCOLTO = {
    "quando": "2026-01-02T09:00", "modalita": "di_persona", "interlocutore": "persona", "bisogni": "mangiare",
    "racconto": "Parole da non perdere.", "risorse": "Una sorella.", "esito": "da_risentire",
}  # fmt: skip


def choose(client, tie, **extra):
    token = client.get(SCELTA_ENTE).context["csrf_token"]
    data = {"operatore": tie.pk, "csrfmiddlewaretoken": str(token), **extra}
    return client.post(SCELTA_ENTE, data, headers={"Origin": "http://testserver"})


def send(client, form):
    """As the page that `form` answered would send it."""
    key, token = form.context["modulo"]["chiave"].value(), str(form.context["csrf_token"])
    data = {**ASCOLTO, "chiave": key, "csrfmiddlewaretoken": token}
    return client.post(NUOVO, data, headers={"Origin": "http://testserver"})


def test_who_works_for_two_bodies_says_for_which_before_any_page(riservato, due):
    asked = riservato.get("/casi/?ordine=nome")
    assert asked["Location"] == f"{SCELTA_ENTE}?next=%2Fcasi%2F%3Fordine%3Dnome"
    page = riservato.get(asked["Location"])
    assert "Agisci per" not in page.content.decode()
    _aurora, bottega = due
    there = riservato.post(SCELTA_ENTE, {"operatore": bottega.pk, "next": page.context["avanti"]})
    assert there["Location"] == "/casi/?ordine=nome"
    assert "Bottega</strong>" in riservato.get(there["Location"]).content.decode()
    assert not Registro.objects.exclude(operatore_id=bottega.pk).exclude(finalita="accesso").exists()


def test_choosing_never_leads_to_a_foreign_address(riservato, due):
    sent = {"operatore": due[0].pk, "next": "https://altrove.esempio.it/"}
    assert riservato.post(SCELTA_ENTE, sent)["Location"] == "/"


def test_form_open_for_one_body_is_not_taken_for_the_other(attento, due):
    """Two pages of one browser: the choice of the second must not sign what was written in the first."""
    aurora, bottega = due
    choose(attento, aurora)
    form = attento.get(NUOVO)
    choose(attento, bottega)
    late = send(attento, form)
    assert late.status_code == 403
    assert ASCOLTO["racconto"] in late.content.decode()
    assert not PrimoAscolto.objects.exists()
    choose(attento, aurora)
    form = attento.get(NUOVO)
    choose(attento, aurora)  # the same again: nothing is lost
    assert send(attento, form).status_code == 302
    assert PrimoAscolto.objects.get().ente == aurora.ente


def test_tie_that_begins_as_the_only_one_ends_is_not_taken_up_unasked(riservato, time_machine):
    """At midnight, with a page open: what was opened for the one is not sent for the other."""
    time_machine.move_to(datetime(2026, 3, 2, 23, 58, tzinfo=ZoneInfo("Europe/Rome")), tick=False)
    today = timezone.localdate()
    aurora = OperatoreFactory(ruolo="volontario_ascolto", ente__nome="Aurora", al=today)
    OperatoreFactory(
        utente=aurora.utente, ruolo="volontario_ascolto", ente__nome="Bottega", dal=today + timedelta(days=1)
    )
    riservato.force_login(aurora.utente)
    form = riservato.get(NUOVO)
    time_machine.shift(180)
    assert send(riservato, form).status_code == 409
    assert riservato.get("/")["Location"].startswith(SCELTA_ENTE)


@pytest.mark.parametrize("left", [1, 2])
def test_body_that_lapses_meanwhile_hands_nobody_over_to_the_next_one(riservato, due, left):
    aurora, bottega = due
    if left == 2:
        OperatoreFactory(utente=aurora.utente, ruolo="volontario_ascolto", ente__nome="Cometa")
        riservato.force_login(aurora.utente)
    riservato.post(SCELTA_ENTE, {"operatore": aurora.pk})
    form = riservato.get(NUOVO)
    aurora.ente.adesioni.update(valida_al=timezone.localdate() - timedelta(days=1))
    late = send(riservato, form)
    assert late.status_code == 409
    assert ASCOLTO["racconto"] in late.content.decode()
    assert riservato.get("/casi/")["Location"].startswith(SCELTA_ENTE)
    assert not PrimoAscolto.objects.exists()
    riservato.post(SCELTA_ENTE, {"operatore": bottega.pk})
    assert riservato.get("/casi/").status_code == 200


def test_body_that_lapses_is_out_at_the_next_request_of_who_is_signed_in(riservato):
    volontaria = OperatoreFactory(ruolo="volontario_ascolto")
    riservato.force_login(volontaria.utente)
    assert riservato.get("/").status_code == 200
    volontaria.ente.adesioni.update(valida_al=timezone.localdate())
    assert riservato.get("/").status_code == 200
    volontaria.ente.adesioni.update(valida_al=timezone.localdate() - timedelta(days=1))
    page = riservato.get("/")
    assert page.status_code == 403
    assert "oggi non risulti operatore" in page.content.decode()
