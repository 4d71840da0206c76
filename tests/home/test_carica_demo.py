"""The demo, loaded once for all these tests: complete, linked, translated, readable, and the same the second time."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import default_task_backend
from modelsearch.tasks import insert_or_update_object_task
from wagtail.models import Locale, Page, PageLogEntry, ReferenceIndex, Revision, WorkflowState
from wagtail.tasks import update_reference_index_task
from wagtail_localize.models import Translation
from zeal import zeal_ignore

from casi import policies
from casi.models import Caso
from catalogo.importazione.flusso import import_file
from catalogo.importazione.resoconto import Esito
from catalogo.models import (
    TIPI_DI_SCHEDA,
    Adesione,
    AlloggioPage,
    CivicCenterPage,
    Ente,
    EntePage,
    LuogoPage,
    Operatore,
    ServizioPage,
    TipoServizio,
)
from catalogo.percorsi import DATI
from home.demo.dati import read
from home.models import HomePage, NotiziaPage, PaginaSemplice
from portal.cms.models import Documento
from portal.utenti.demo import personas
from portal.utenti.models import PersonaDemo
from search.models import VoceIndice
from search.query import cerca
from search.tipi import Filtri

LEGALI = {"privacy", "accessibilita", "note_legali", "faq", "disservizio"}
TESTI = ["a_chi_e_rivolto", "come_fare", "cosa_si_ottiene", "tempi_e_scadenze", "descrizione_breve", "orari_testo"]
pytestmark = pytest.mark.matrice  # loading it takes a while
IN_BREVE = ["per_chi", "come_si_entra", "cosa_portare", "quanto_costa"]


@pytest.fixture(autouse=True)
def _in_demo(demo, db):
    """Each test in a savepoint of the demo's transaction."""


def invented():
    return ServizioPage.objects.filter(da_verificare=False, locale__language_code="it")


def test_demo_shows_every_kind_of_page_richly():
    assert Ente.objects.filter(comune__codice_istat__startswith="999").count() >= 13
    assert invented().count() >= 42
    assert {type(page) for page in invented().specific()} == set(TIPI_DI_SCHEDA)
    assert NotiziaPage.objects.filter(locale__language_code="it").count() >= 10
    assert set(PaginaSemplice.objects.values_list("ruolo_legale", flat=True)) >= LEGALI
    assert {len(page.attivita.all()) >= 10 for page in CivicCenterPage.objects.filter(pk__in=invented())} == {True}


def test_demo_real_services_say_where_they_come_from():
    pages = ServizioPage.objects.filter(da_verificare=True, live=True).exclude(fonte="").exclude(comune=None)
    assert pages.count() == 61
    assert not LuogoPage.objects.filter(indirizzo_riservato=True).exclude(indirizzo="").exists()
    beds = AlloggioPage.objects.get(slug="pesaro-casa-mariolina")
    assert (beds.posti, beds.permanenza_massima_giorni) == (7, 10)


def test_demo_real_file_has_nothing_to_warn_of_and_is_in_already():
    again = import_file(DATI / "servizi_reali.json", pubblica=True)
    assert {item.esito for item in again.risultati} == {Esito.INVARIATO}
    assert [item.avvisi for item in again.risultati if item.avvisi] == []


def test_demo_every_invented_sheet_is_complete():
    for page in invented().specific():
        missing = [name for name in [*TESTI, *IN_BREVE, "telefono"] if not getattr(page, name)]
        assert not missing, (page.slug, missing)
        assert page.live
        assert page.bisogni.exists()
        assert page.destinatari.exists()
        assert page.accessi.exists()
        assert page.argomenti.exists()
        assert all(len(getattr(page, name).split()) <= 12 for name in IN_BREVE), page.slug


def test_demo_the_shelter_has_an_address_nowhere():
    place = LuogoPage.objects.get(indirizzo_riservato=True, locale__language_code="it", slug="casa-ginestra-luogo")
    assert (place.indirizzo, place.cap, place.comune, place.lat, place.lon) == ("", "", None, None, None)
    assert ServizioPage.objects.get(slug="casa-ginestra").comune is None
    assert Ente.objects.get(nome_breve="Ginestra").comune is None


def test_demo_translations_are_complete_and_live():
    for translation in Translation.objects.all():
        total, done = translation.get_progress()
        page = translation.get_target_instance()
        assert total == done, page
        assert page.live, page
        assert page.alias_of is None, page
    assert Translation.objects.count() == 3 * len(read("traduzioni")["pagine"])
    english = ServizioPage.objects.get(slug="emporio-la-madia", locale__language_code="en").specific
    assert english.title == "La Madia solidarity shop"
    assert "<li>Your card</li>" in english.cosa_serve.replace(' data-block-key="', " ")
    assert english.comune == ServizioPage.objects.get(slug="emporio-la-madia", locale__language_code="it").comune


@pytest.mark.parametrize("lingua", ["it", "en", "uk", "ar"])
def test_demo_pages_answer_in_each_language(client, lingua):
    prefix = "" if lingua == "it" else f"/{lingua}"
    for path in ("/", "/servizi/", "/enti/", "/enti/tessifilo/", "/enti/tessifilo/corso-di-italiano/"):
        with zeal_ignore():  # the first visit draws the pictures, one by one
            assert client.get(f"{prefix}{path}").status_code == 200


def test_demo_people_have_roles_and_no_password():
    assert PersonaDemo.objects.count() == len(read("personas")["personas"])
    assert not any(persona.utente.has_usable_password() for persona in PersonaDemo.objects.select_related("utente"))
    assert not any(persona.utente.is_superuser for persona in PersonaDemo.objects.select_related("utente"))
    assert Operatore.objects.filter(ruolo="referente").values("ente").distinct().count() == 4


def test_demo_people_of_the_area_may_enter_it_and_each_standing_of_a_body_is_there():
    reserved = PersonaDemo.objects.filter(processo="riservato")
    assert reserved.count() >= 5
    assert all(policies.ties_of(persona.utente_id).exists() for persona in reserved)
    today = timezone.localdate()
    standings = {adesione.condizione(today).value for adesione in Adesione.objects.all()}
    assert standings == {"in_vigore", "in_scadenza", "scaduta", "senza_privacy", "ferma"}


def test_demo_an_edit_waits_while_the_published_text_stays():
    page = ServizioPage.objects.get(slug="emporio-la-madia", locale__language_code="it")
    assert WorkflowState.objects.filter(status="in_progress").count() == 1
    assert page.current_workflow_state is not None
    assert page.orari_testo != page.get_latest_revision_as_object().orari_testo


def test_demo_second_run_changes_nothing():
    def state():
        models = (Page, Revision, PageLogEntry, Ente, EntePage, TipoServizio, Translation, PersonaDemo, Locale)
        return [model.objects.count() for model in models]

    before, out = state(), StringIO()
    call_command("carica_demo", stdout=out)
    assert state() == before
    assert "aggiunti" not in out.getvalue()


def test_demo_what_an_editor_wrote_stays():
    home = HomePage.objects.get(locale__language_code="it")
    home.descrizione_breve = "Scritta da noi."
    home.save_revision().publish()
    call_command("carica_demo", stdout=StringIO())
    assert HomePage.objects.get(pk=home.pk).descrizione_breve == "Scritta da noi."


def test_demo_is_whole_from_the_first_start(tmp_path):
    """The cases too; documents found by the pages that link them, and no task left to look for those links."""
    VoceIndice.objects.all().delete()
    ReferenceIndex.objects.all().delete()
    NotiziaPage.objects.filter(locale__language_code="it").latest("pk").delete()
    default_task_backend.clear()
    call_command("carica_tutto", personas=tmp_path / "personas.txt")
    found = cerca("", lingua="it", filtri=Filtri(genere=("documento",)))
    assert {each.titolo for each in found.righe} == set(Documento.objects.values_list("title", flat=True)) != set()
    queued = {each.task for each in default_task_backend.results}
    assert insert_or_update_object_task in queued
    assert update_reference_index_task not in queued
    assert Caso.objects.count() == 60
    written = (tmp_path / "personas.txt").read_text()
    assert all(str(persona.utente) in written for persona in personas())
