"""The demo's door: wide open on this machine, absent anywhere else."""

from importlib import reload
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.http import Http404
from django.urls import clear_url_caches

from portal.utenti import checks, demo, urls
from portal.utenti.demo import personas, register_persona
from portal.utenti.models import PersonaDemo
from tests.factories.catalogo import OperatoreFactory
from tests.factories.portal import UtenteFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def marisa():
    operatore = OperatoreFactory(ruolo="assistente_sociale", utente__username="marisa", utente__first_name="Marisa")
    return persona(operatore.utente)


def persona(utente, processo="riservato") -> PersonaDemo:
    return register_persona(
        utente, etichetta="Assistente sociale", cosa_provare="Guarda i casi.", processo=processo, ordine=1
    )


@pytest.fixture
def without_demo(settings):
    settings.DEMO = False
    reload(urls)
    clear_url_caches()
    reload_root(settings)
    yield
    settings.DEMO = True
    reload(urls)
    reload_root(settings)
    clear_url_caches()


def reload_root(settings):
    from importlib import import_module

    reload(import_module(settings.ROOT_URLCONF))


def test_persona_enters_with_one_click_and_no_second_factor(riservato, marisa):
    page = riservato.get("/accesso/demo/").content.decode()
    assert "Entra come Marisa" in page
    assert riservato.post("/accesso/demo/marisa/")["Location"] == "/"
    assert "Sei " in riservato.get("/").content.decode()


def test_persona_of_the_other_process_is_shown_with_the_way_there(client, marisa):
    page = client.get("/accesso/demo/").content.decode()
    assert "Assistente sociale" in page
    assert "Entra come Marisa" not in page
    assert "http://localhost:8001/accesso/demo/" in page or "/accesso/demo/" in page


def test_strip_of_the_demo_is_on_the_pages_of_the_area_errors_included(riservato):
    for page in (riservato.get("/accesso/login/"), riservato.get("/non-esiste/")):
        assert 'class="banner-demo"' in page.content.decode()


def test_strip_of_the_demo_is_in_the_admin(client, settings):
    client.force_login(UtenteFactory(amministratore=True))
    assert 'class="banner-demo"' in client.get("/amministrazione/").content.decode()
    settings.DEMO = False
    assert 'class="banner-demo"' not in client.get("/amministrazione/").content.decode()


def test_entering_needs_a_post_and_a_persona(riservato, marisa):
    assert riservato.get("/accesso/demo/marisa/").status_code == 405
    altro = UtenteFactory()
    assert riservato.post(f"/accesso/demo/{altro.username}/").status_code == 404


def test_superuser_and_deactivated_account_are_never_personas(marisa):
    assert list(personas()) == [marisa]
    marisa.utente.is_superuser = True
    marisa.utente.save()
    assert not personas().exists()
    marisa.utente.is_superuser, marisa.utente.is_active = False, False
    marisa.utente.save()
    assert not personas().exists()


def test_persona_has_no_password_that_would_open_another_door(marisa):
    assert not marisa.utente.has_usable_password()


def test_outside_demo_mode_the_addresses_do_not_exist(client, marisa, without_demo):
    assert client.get("/accesso/demo/").status_code == 404
    assert client.post("/accesso/demo/marisa/").status_code == 404
    assert client.get("/accesso/login/").status_code == 200


def test_outside_demo_mode_the_views_refuse_by_themselves(rf, marisa, settings):
    settings.DEMO = False
    assert not personas().exists()
    request = rf.post("/")
    with pytest.raises(Http404):
        demo.entra(request, "marisa")


def test_outside_demo_mode_a_session_of_a_persona_needs_the_second_factor(riservato, marisa, settings):
    riservato.post("/accesso/demo/marisa/")
    assert riservato.get("/").status_code == 200
    settings.DEMO = False
    assert riservato.get("/")["Location"].startswith("/accesso/secondo-fattore/")


@pytest.mark.parametrize(
    ("hosts", "https", "found"),
    [
        (["localhost", "127.0.0.1"], False, set()),
        (["localhost", "portale.esempio.it"], False, {"tessere.E001"}),
        (["*"], False, {"tessere.E001"}),
        (["localhost"], True, {"tessere.E002"}),
    ],
)
def test_check_refuses_demo_mode_where_others_could_reach_it(settings, hosts, https, found):
    settings.ALLOWED_HOSTS, settings.HTTPS = hosts, https
    assert {error.id for error in checks.demo_only_on_this_machine(None)} == found
    settings.DEMO = False
    assert checks.demo_only_on_this_machine(None) == []


def test_command_lists_the_personas_in_demo_mode_only(marisa, settings):
    out = StringIO()
    call_command("elenca_personas", stdout=out)
    assert "Assistente sociale" in out.getvalue()
    settings.DEMO = False
    with pytest.raises(CommandError):
        call_command("elenca_personas", stdout=out)
