"""Header, footer and language menu."""

import pytest
from django.template import Context
from django.utils import translation
from wagtail.models import Page

from catalogo.models import CatalogoPage
from home.models import HomePage, PaginaSemplice
from home.templatetags.navigazione import lingua_del_testo, lingue, navigazione
from portal.cms.cache_pagine import edizione
from tests.factories.pagine import italian, translate


@pytest.fixture
def contesto(rf, db):
    request = rf.get("/")
    request.resolver_match = None
    return Context({"request": request})


@pytest.fixture
def privacy(db) -> PaginaSemplice:
    home = italian(HomePage)
    page = PaginaSemplice(title="Privacy", slug="privacy", locale=home.locale, nel_piede=True, ruolo_legale="privacy")
    return home.add_child(instance=page)


def test_navigazione_is_empty_without_a_request():
    assert navigazione(Context()).principale == []


def test_navigazione_reads_both_menus_once_until_they_change(contesto, privacy, rf, django_assert_num_queries):
    CatalogoPage.objects.update(show_in_menus=True)
    menu = navigazione(Context({"request": rf.get("/")}))
    with edizione.of_page(edizione.current()), django_assert_num_queries(0):
        assert navigazione(contesto) is menu
    assert menu.catalogo == italian(CatalogoPage).url
    assert [voce.gancio for voce in menu.legali] == ["privacy-policy-link"]
    Page.objects.filter(pk=privacy.pk).update(live=False)
    assert navigazione(contesto).legali == []


def test_navigazione_calls_a_page_in_italian_alone_by_what_it_is_and_says_so(contesto, privacy):
    with translation.override("en"):
        menu = navigazione(contesto)
    assert [(voce.titolo, voce.lingua) for voce in menu.legali] == [("Privacy notice", "it")]


def test_lingue_sends_to_the_translation_or_to_the_home_of_the_language(contesto, privacy):
    translate(privacy, "en", title="Privacy notice")
    contesto["page"] = Page.objects.get(pk=privacy.pk)
    by_code = {lingua.codice: lingua for lingua in lingue(contesto)}
    assert by_code["en"].tradotta
    assert by_code["en"].url == "/en/privacy/"
    assert not by_code["uk"].tradotta
    assert by_code["uk"].url == "/uk/"
    assert by_code["it"].attiva


def test_lingua_del_testo_of_an_alias_is_italian(contesto, privacy):
    translation_of_child = PaginaSemplice(title="Dettagli", slug="dettagli", locale=privacy.locale)
    child = privacy.add_child(instance=translation_of_child)
    translated = translate(child, "en")
    contesto["page"] = translated.get_parent()
    with translation.override("en"):
        assert lingua_del_testo(contesto) == "it"
    contesto["page"] = translated
    with translation.override("en"):
        assert lingua_del_testo(contesto) == ""
