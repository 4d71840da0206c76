"""The reserved process as a browser meets it: who gets in, what no answer ever says, what no cache ever keeps."""

from datetime import timedelta
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.http import HttpResponse
from django.urls import path, reverse
from django.utils import timezone

from casi import checks
from casi.models import Registro
from casi.ruoli import Azione
from casi.views.porta import dichiara
from tests.factories.casi import CasoFactory, IncaricoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.factories.portal import UtenteFactory

pytestmark = pytest.mark.django_db
ASSENTE = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def operatore():
    return OperatoreFactory(ruolo="assistente_sociale", ente__nome="Comune di Prova")


def test_area_without_sign_in_leads_to_it(riservato):
    for address in ("/", "/casi/", f"/casi/{ASSENTE}/", "/ente/"):
        response = riservato.get(address)
        assert response.status_code == 302
        assert response["Location"].startswith("/accesso/login/?next=")


def test_area_names_the_body_one_acts_for_and_links_existing_pages_only(riservato, operatore):
    riservato.force_login(operatore.utente)
    page = riservato.get("/").content.decode()
    assert "Comune di Prova" in page
    assert 'href="/casi/"' in page
    assert "Richieste" not in page


def test_list_without_cases_says_what_to_do(riservato, operatore):
    CasoFactory()
    riservato.force_login(operatore.utente)
    page = riservato.get("/casi/").content.decode()
    assert "Nessun caso ti è assegnato" in page
    assert "C-" not in page


def test_role_without_the_action_gets_the_page_that_is_not_there_and_has_no_entry_for_it(riservato):
    sportello = OperatoreFactory(ruolo="operatore_sportello")
    riservato.force_login(sportello.utente)
    assert 'href="/casi/"' not in riservato.get("/").content.decode()
    assert riservato.get("/casi/").status_code == 404
    assert Registro.objects.filter(azione="elencare_casi", esito="negato", operatore_id=sportello.pk).count() == 1


@pytest.mark.parametrize("who", ["senza legame", "legame finito", "superutente", "ente spento"])
def test_area_refuses_who_acts_for_nobody(riservato, who):
    utente = UtenteFactory()
    if who != "senza legame":
        operatore = OperatoreFactory(utente=utente, ruolo="assistente_sociale")
    if who == "legame finito":
        operatore.al = timezone.localdate() - timedelta(days=1)
        operatore.save()
    if who == "superutente":
        utente.is_superuser = True
        utente.save()
    if who == "ente spento":
        operatore.ente.attivo = False
        operatore.ente.save()
    riservato.force_login(utente)
    response = riservato.get("/")
    assert response.status_code == 403
    assert "Agisci per" not in response.content.decode()


def test_deactivated_account_is_out_at_the_next_request(riservato, operatore):
    riservato.force_login(operatore.utente)
    assert riservato.get("/").status_code == 200
    operatore.utente.is_active = False
    operatore.utente.save()
    assert riservato.get("/").status_code == 302


def test_case_absent_and_case_forbidden_give_the_same_answer(riservato):
    incarico = IncaricoFactory()
    altrui = CasoFactory()
    riservato.force_login(incarico.operatore.utente)
    assert riservato.get(reverse("casi:scheda", args=[incarico.caso.pk])).status_code == 200
    forbidden = riservato.get(reverse("casi:scheda", args=[altrui.pk]))
    absent = riservato.get(reverse("casi:scheda", args=[ASSENTE]))
    assert forbidden.status_code == absent.status_code == 404
    assert forbidden.content == absent.content
    assert dict(forbidden.items()) == dict(absent.items())


def test_choosing_a_body_is_limited_to_ones_own_ties(riservato, operatore):
    secondo = OperatoreFactory(utente=operatore.utente, ruolo="referente", ente__nome="Zeta")
    altrui = OperatoreFactory()
    riservato.force_login(operatore.utente)
    assert "Comune di Prova" in riservato.get("/", follow=True).content.decode()
    assert riservato.post("/ente/", {"operatore": altrui.pk}).status_code == 404
    assert riservato.post("/ente/", {"operatore": "x" * 5000}).status_code == 404
    assert riservato.post("/ente/", {"operatore": secondo.pk}).status_code == 302
    assert "Zeta" in riservato.get("/").content.decode()


@pytest.mark.parametrize(
    ("method", "address", "status"),
    [
        ("get", "/", 200),
        ("get", "/casi/", 200),
        ("get", "/casi", 301),
        ("get", f"/casi/{ASSENTE}/", 404),
        ("get", "/non-esiste/", 404),
        ("get", "/static/non-esiste.css", 404),
        ("get", "/accesso/login/", 302),
        ("get", "/salute/viva", 200),
        ("put", "/casi/", 405),
    ],
)
def test_every_answer_forbids_caches_and_frames(riservato, operatore, method, address, status):
    riservato.force_login(operatore.utente)
    response = getattr(riservato, method)(address)
    assert response.status_code == status
    assert response["Cache-Control"] == "no-store, private"
    assert "Cookie" in response["Vary"]
    if not address.startswith("/salute/"):
        assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


def test_broken_page_answers_in_its_own_frame_without_caches(riservato, operatore, monkeypatch):
    monkeypatch.setattr("casi.views.lavoro.mostra", lambda *args, **kwargs: 1 / 0)
    riservato.force_login(operatore.utente)
    response = riservato.get("/")
    assert response.status_code == 500
    assert "Qualcosa non ha funzionato" in response.content.decode()
    assert response["Cache-Control"] == "no-store, private"


def test_form_without_its_token_gets_a_page_that_explains(riservato, operatore):
    riservato.force_login(operatore.utente)
    riservato.handler.enforce_csrf_checks = True
    response = riservato.post("/ente/", {"operatore": operatore.pk})
    assert response.status_code == 403
    assert "Il modulo è scaduto" in response.content.decode()


def test_area_serves_no_page_and_no_admin_of_wagtail(riservato, operatore):
    riservato.force_login(operatore.utente)
    for address in ("/amministrazione/", "/servizi/", "/en/cerca/", "/documenti/1/x/"):
        assert riservato.get(address).status_code == 404


@pytest.mark.matrice
def test_list_asks_the_same_number_of_questions_with_one_case_and_with_twenty(
    riservato, operatore, django_assert_max_num_queries
):
    riservato.force_login(operatore.utente)
    IncaricoFactory(operatore=operatore, caso__ente_titolare=operatore.ente)
    with django_assert_max_num_queries(12) as few:
        riservato.get("/casi/")
    for _ in range(19):
        IncaricoFactory(operatore=operatore, caso__ente_titolare=operatore.ente)
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert riservato.get("/casi/").content.decode().count('class="caso"') == 20


def test_role_riservato_is_enough_for_the_whole_area(riservato, act_as):
    incarico = IncaricoFactory()
    riservato.force_login(incarico.operatore.utente)
    act_as("riservato")
    for address in ("/", "/casi/", f"/casi/{incarico.caso.pk}/", "/ente/"):
        assert riservato.get(address).status_code == 200


def test_every_address_looks_at_the_method_before_anything_else():
    """With `require_safe` below the door, or forgotten, a wrong method would be looked up, or taken."""
    patterns = checks.flat(import_module("casi.urls").urlpatterns)
    outside = {str(each.pattern): each.callback.__code__.co_filename for each in patterns}
    assert [address for address, file in outside.items() if not file.endswith("decorators/http.py")] == []


def test_check_finds_an_address_that_declares_no_action(monkeypatch):
    assert checks.every_address_declares_its_action(None) == []
    bare = path("fuori/", lambda request: HttpResponse())
    guarded = path("dentro/", dichiara(Azione.ENTRARE)(lambda request, attore: HttpResponse()))
    monkeypatch.setattr(checks, "import_module", lambda name: SimpleNamespace(urlpatterns=[bare, guarded]))
    assert [error.id for error in checks.every_address_declares_its_action(None)] == ["casi.E001"]


def test_check_finds_a_role_or_an_action_that_nobody_described(monkeypatch):
    assert checks.every_role_is_described(None) == []
    monkeypatch.setattr(checks, "RUOLI", {})
    assert {error.id for error in checks.every_role_is_described(None)} == {"casi.E002"}
