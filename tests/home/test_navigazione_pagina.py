"""Menus, breadcrumb and language menu around a page, as a template asks for them."""

from django.template import Context, Template
from django.utils import translation

from home.models import HomePage
from portal.cms.cache_pagine import edizione
from tests.factories.catalogo import EntePageFactory, ServizioPageFactory
from tests.factories.home import PaginaSempliceFactory
from tests.factories.pagine import italian, translate
from tests.support.requests import page_request


def render(source: str, page=None, path: str = "/") -> str:
    context = {"request": page_request(path), **({"page": page} if page else {})}
    return Template("{% load navigazione %}" + source).render(Context(context)).strip()


MENU = (
    "{% navigazione as voci %}"
    "{% for voce in voci.principale %}{{ voce.titolo }}{% if request.path|dentro:voce.url %}*{% endif %} {% endfor %}"
)
LEGALI = "{% navigazione as voci %}{% for voce in voci.legali %}{{ voce.gancio }} {% endfor %}"
SOPRA = "{% antenate as sopra %}{% for pagina in sopra %}{{ pagina.title }}/{% endfor %}"
LINGUE = "{% lingue as elenco %}{% for lingua in elenco %}{{ lingua.codice }}={{ lingua.url }} {% endfor %}"


def test_main_menu_marks_where_one_is(db):
    assert render(MENU, path="/servizi/") == "Servizi* Enti Notizie"


def test_menu_read_by_the_reserved_process_is_not_given_to_the_public_one(db, settings):
    public, settings.ROOT_URLCONF = settings.ROOT_URLCONF, "portal.urls.riservato"
    assert render(MENU, path="/servizi/") == "Servizi Enti Notizie"
    settings.ROOT_URLCONF = public
    assert render(MENU, path="/servizi/") == "Servizi* Enti Notizie"


def test_footer_knows_the_statutory_pages(db):
    PaginaSempliceFactory(nel_piede=True, ruolo_legale="privacy")
    PaginaSempliceFactory(nel_piede=True, ruolo_legale="note_legali", in_bozza=True)
    PaginaSempliceFactory(nel_piede=True, ruolo_legale="faq", ristretta=True)
    assert render(LEGALI) == "privacy-policy-link"


def test_breadcrumb_goes_from_home_to_the_page_above(db):
    page = ServizioPageFactory(parent=EntePageFactory(title="Auser di prova"))
    assert render(SOPRA, page) == "Tessere/Enti/Auser di prova/"
    assert render(SOPRA, italian(HomePage)) == ""


def test_menus_breadcrumb_and_languages_are_read_together(db, django_assert_num_queries):
    page = ServizioPageFactory()
    translate(page, "en")
    render(MENU)  # site addresses are remembered
    with edizione.of_page(edizione.current()), django_assert_num_queries(2):  # which site, what is around the page
        render(MENU + SOPRA + LINGUE + LEGALI, page)


def test_language_menu_leads_to_the_translation_or_home(db):
    page = ServizioPageFactory(title="Mensa", slug="mensa")
    english = translate(page, "en", slug="meals")
    urls = dict(pair.split("=") for pair in render(LINGUE, page).split())
    assert urls == {"it": page.url, "en": english.url, "uk": "/uk/", "ar": "/ar/"}


def test_menu_shows_italian_where_there_is_no_translation(db):
    with translation.override("en"):
        shown = (
            "{% navigazione as voci %}{% for voce in voci.principale %}{{ voce.titolo }}:{{ voce.lingua }} {% endfor %}"
        )
        assert render(shown) == "Servizi:it Enti:it Notizie:it"
