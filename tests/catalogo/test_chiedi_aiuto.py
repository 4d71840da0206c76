"""From each public page of a service, and from the home page, one gets to the form that asks for help."""

import re
from html import unescape

import pytest
from django.apps import apps
from django.conf import settings
from django.urls import reverse
from wagtail.models import Locale, Page

from catalogo.models import ServizioPage
from home.models import HomePage
from tests.factories.catalogo import ServizioPageFactory
from tests.factories.pagine import italian, translate

pytestmark = pytest.mark.django_db
LINGUE = [lingua for lingua, _name in settings.LANGUAGES]
SERVIZI = [model for model in apps.get_models() if issubclass(model, ServizioPage)]
FABBRICHE = {each._meta.model: each for each in (ServizioPageFactory, *ServizioPageFactory.__subclasses__())}
MODULO = settings.URL_RISERVATO + reverse("casi:chiedi_aiuto", urlconf="portal.urls.riservato")


def links(client, page: Page) -> list[str]:
    """The links of `page` to the form, as a browser reads them."""
    response = client.get(page.get_url())
    assert (response.status_code, response["Content-Language"]) == (200, page.locale.language_code)
    found = map(unescape, re.findall(r'<a [^>]*href="([^"]*)"', response.content.decode()))
    return [href for href in found if href.startswith(MODULO)]


@pytest.mark.parametrize("lingua", LINGUE)
@pytest.mark.parametrize("model", SERVIZI, ids=lambda model: model.__name__)
def test_service_leads_to_the_form_in_its_language_and_says_which_it_is(client, model, lingua):
    page = FABBRICHE[model]()
    shown = page if lingua == "it" else translate(page, lingua)
    assert links(client, shown) == [f"{MODULO}?servizio={page.translation_key}&lingua={lingua}"]


@pytest.mark.parametrize("lingua", [lingua for lingua in LINGUE if lingua != "it"])
def test_service_nobody_has_translated_yet_leads_there_too(client, lingua):
    page = ServizioPageFactory()
    locale = Locale.objects.get(language_code=lingua)
    alias = page.copy_for_translation(locale, copy_parents=True, alias=True)
    assert links(client, alias) == [f"{MODULO}?servizio={page.translation_key}&lingua={lingua}"]


@pytest.mark.parametrize("lingua", LINGUE)
def test_home_leads_to_the_form_in_its_language(client, lingua):
    home = italian(HomePage)
    shown = home if lingua == "it" else translate(home, lingua)
    assert links(client, shown) == [f"{MODULO}?lingua={lingua}"]
