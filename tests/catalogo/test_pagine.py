"""Every kind of page answers with little, with nothing and with something broken."""

import re

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.factories.catalogo import (
    AlloggioPageFactory,
    AttivitaSettimanaleFactory,
    CivicCenterPageFactory,
    EmporioPageFactory,
    EntePageFactory,
    LavanderiaPageFactory,
    LuogoPageFactory,
    ServizioPageFactory,
    TesseraPageFactory,
    TipoServizioFactory,
)
from tests.factories.home import NotiziaPageFactory
from tests.factories.pagine import translate
from tests.factories.portal import ImmagineFactory

KINDS = [
    EntePageFactory,
    LuogoPageFactory,
    ServizioPageFactory,
    EmporioPageFactory,
    LavanderiaPageFactory,
    AlloggioPageFactory,
    TesseraPageFactory,
    CivicCenterPageFactory,
    NotiziaPageFactory,
]
SERVICES = KINDS[2:8]


def html(client, page, status: int = 200) -> str:
    response = client.get(page.get_url())
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.parametrize("factory", KINDS, ids=lambda factory: factory.__name__)
def test_page_with_little_on_it_opens(db, client, factory):
    assert "<h1" in html(client, factory(title="Una pagina"))


@pytest.mark.parametrize("factory", SERVICES, ids=lambda factory: factory.__name__)
def test_service_without_place_municipality_need_or_words_opens(db, client, factory):
    page = factory(
        tipo=TipoServizioFactory(bisogno=None),
        comune=None,
        luogo=None,
        per_chi="",
        come_si_entra="",
        descrizione_breve="",
    )
    assert page.title in html(client, page)


@pytest.mark.parametrize("factory", KINDS, ids=lambda factory: factory.__name__)
def test_picture_whose_file_is_gone_leaves_the_page_standing(db, client, factory):
    immagine = ImmagineFactory()
    page = factory(immagine=immagine)
    default_storage.delete(immagine.file.name)
    assert "<h1" in html(client, page)
    assert client.get(page.get_parent().get_url()).status_code == 200


@pytest.mark.parametrize("factory", KINDS, ids=lambda factory: factory.__name__)
def test_draft_and_restricted_page_open_for_nobody(db, client, factory):
    html(client, factory(in_bozza=True), status=404)
    restricted = factory(ristretta=True)
    assert restricted.title not in client.get(restricted.get_url()).content.decode()


def test_confidential_place_is_told_nowhere(db, client):
    luogo = LuogoPageFactory(title="Casa protetta", riservato=True)
    page = AlloggioPageFactory(parent=luogo.get_parent().specific, luogo=luogo)
    for shown in (page, luogo, luogo.get_parent()):
        content = html(client, shown)
        assert luogo.comune.nome not in content
        assert "openstreetmap" not in content


def test_address_of_a_known_place_is_shown(db, client):
    luogo = LuogoPageFactory()
    page = ServizioPageFactory(parent=luogo.get_parent().specific, luogo=luogo)
    assert luogo.indirizzo in html(client, page)


def test_inactive_service_says_so_and_why(db, client):
    content = html(client, ServizioPageFactory(stato="non_attivo", motivo_stato="Chiuso fino a marzo"))
    assert "Chiuso fino a marzo" in content


def test_doubtful_service_shows_its_source(db, client):
    content = html(client, ServizioPageFactory(da_verificare=True, fonte="Il Giornale del Borgo", data_fonte="2024-11"))
    assert "Il Giornale del Borgo" in content


def test_translated_sheet_has_its_words_and_the_italian_facts(db, client):
    page = ServizioPageFactory(title="Mensa", telefono="0721 999")
    english = translate(page, "en", title="Soup kitchen", per_chi="Anybody in need.")
    type(page).objects.filter(pk=page.pk).update(telefono="0721 111222")
    content = html(client, english)
    assert "Soup kitchen" in content
    assert "Anybody in need." in content
    assert "0721111222" in content.replace(" ", "")


@pytest.mark.parametrize("lingua", ["en", "uk", "ar"])
def test_alias_is_marked_as_italian_and_kept_from_search_engines(db, client, lingua):
    from wagtail.models import Locale

    page = ServizioPageFactory(title="Mensa")
    alias = page.copy_for_translation(Locale.objects.get(language_code=lingua), copy_parents=True, alias=True)
    content = html(client, alias)
    assert "noindex" in content
    assert 'lang="it"' in content


@pytest.mark.matrice
@pytest.mark.parametrize("factory", SERVICES, ids=lambda factory: factory.__name__)
def test_sheet_costs_the_same_among_few_and_many(db, client, factory):
    tipo, ente = TipoServizioFactory(), EntePageFactory()
    page = factory(tipo=tipo, parent=ente)
    ServizioPageFactory(tipo=tipo, parent=ente)
    few = cost(client, page)
    ServizioPageFactory.create_batch(6, tipo=tipo, parent=ente)
    if factory is CivicCenterPageFactory:
        AttivitaSettimanaleFactory.create_batch(5, pagina=page)
    assert cost(client, page) == few <= 15


def test_translated_sheet_costs_at_most_15_queries(db, client):
    tipo = TipoServizioFactory()
    luogo = LuogoPageFactory()
    page = EmporioPageFactory(tipo=tipo, luogo=luogo, parent=luogo.get_parent().specific)
    translate(ServizioPageFactory(tipo=tipo), "en", title="Another one")
    assert cost(client, translate(page, "en", title="Social shop")) <= 15


@pytest.mark.matrice
def test_body_costs_the_same_with_few_and_many(db, client):
    ente = EntePageFactory()
    ServizioPageFactory(parent=ente)
    LuogoPageFactory(parent=ente)
    few = cost(client, ente)
    ServizioPageFactory.create_batch(4, parent=ente)
    LuogoPageFactory.create_batch(4, parent=ente)
    assert cost(client, ente) == few <= 20


def test_long_list_of_bodies_is_reached_by_letter(db, client):
    for name in ("Alba", "Àncora", "Emporio", "Fondaco", "Gruppo", "Istituto", "Zattera"):
        body = EntePageFactory(title=name)
    content = client.get(body.get_parent().get_url()).content.decode()
    assert re.findall(r'href="#lettera-(.)"', content) == list("AEFGIZ")
    assert re.findall(r'id="lettera-(.)"', content) == list("AEFGIZ")


def test_short_list_of_bodies_needs_no_letters(db, client):
    body = EntePageFactory(title="Alba")
    assert 'href="#lettera-' not in client.get(body.get_parent().get_url()).content.decode()


def cost(client, page) -> int:
    client.get(page.get_url())
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page.get_url()).status_code == 200
    return len(queries)
