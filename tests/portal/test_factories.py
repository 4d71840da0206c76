"""The factories themselves: everything else is built from them."""

import pytest

from tests.factories import catalogo, home, pagine, portal

PAGES = [
    catalogo.EntePageFactory,
    catalogo.LuogoPageFactory,
    catalogo.ServizioPageFactory,
    catalogo.EmporioPageFactory,
    catalogo.LavanderiaPageFactory,
    catalogo.AlloggioPageFactory,
    catalogo.TesseraPageFactory,
    catalogo.CivicCenterPageFactory,
    home.NotiziaPageFactory,
    home.PaginaSempliceFactory,
]


@pytest.mark.parametrize("factory", PAGES, ids=lambda factory: factory.__name__)
def test_page_factory_makes_a_valid_page_twice(db, factory):
    first, second = factory(), factory(in_bozza=True)
    first.full_clean()
    assert (first.live, second.live) == (True, False)
    assert first.locale.language_code == "it"


def test_ristretta_puts_a_page_behind_sign_in(db):
    page = home.NotiziaPageFactory(ristretta=True)
    assert not type(page).objects.public().filter(pk=page.pk).exists()


def test_utente_factory_keeps_a_password_that_opens(db):
    assert portal.UtenteFactory().check_password(portal.PASSWORD)


def test_riservato_luogo_keeps_no_address(db):
    assert catalogo.LuogoPageFactory(riservato=True).indirizzo == ""


def test_many_to_many_arguments_are_kept(db):
    destinatari = catalogo.DestinatariFactory()
    page = catalogo.ServizioPageFactory(destinatari=[destinatari])
    assert list(type(page).objects.get(pk=page.pk).destinatari.all()) == [destinatari]


def test_activity_belongs_to_its_civic_center(db):
    attivita = catalogo.AttivitaSettimanaleFactory()
    assert list(attivita.pagina.attivita.all()) == [attivita]


@pytest.mark.parametrize("factory", [catalogo.ServizioPageFactory, catalogo.CivicCenterPageFactory])
def test_translate_puts_a_live_copy_beside_the_page(db, factory):
    page = factory()
    copy = pagine.translate(page, "en", title="Clothes for everybody")
    assert copy.live
    assert copy.translation_key == page.translation_key
    assert copy.ente == page.ente
