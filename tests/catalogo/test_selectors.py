"""What the lists show, in which language, and what they never show."""

from datetime import time

import pytest
from wagtail.models import PageViewRestriction

from catalogo.models import EntePage, ServizioPage
from catalogo.selectors import (
    enti_in,
    in_lingua,
    luoghi_dell_ente,
    servizi_del_luogo,
    servizi_dell_ente,
    servizi_simili,
    settimana,
)
from tests.factories.catalogo import (
    AttivitaSettimanaleFactory,
    CivicCenterPageFactory,
    ComuneFactory,
    EntePageFactory,
    LuogoPageFactory,
    ServizioPageFactory,
    TipoServizioFactory,
)
from tests.factories.pagine import translate


def facts(voci) -> list[ServizioPage]:
    return [voce.fatti for voce in voci]


def test_catalogue_holds_live_unrestricted_italian_sheets_only(db):
    shown = ServizioPageFactory()
    ServizioPageFactory(in_bozza=True)
    ServizioPageFactory(ristretta=True)
    translate(shown, "en")
    assert list(ServizioPage.objects.in_catalogo()) == [shown]


def test_restriction_on_a_body_covers_its_services_and_no_neighbour(db):
    hidden, shown = ServizioPageFactory(), ServizioPageFactory()
    PageViewRestriction.objects.create(
        page=hidden.get_parent(), restriction_type=PageViewRestriction.PASSWORD, password="x"
    )
    assert list(ServizioPage.objects.in_catalogo()) == [shown]


def test_kinds_of_service_are_all_listed(db):
    page = CivicCenterPageFactory()
    assert [found.pk for found in ServizioPage.objects.in_catalogo()] == [page.pk]


def test_in_lingua_lays_live_translations_over_and_keeps_the_order(db):
    zeta, alfa = ServizioPageFactory(title="Zeta"), ServizioPageFactory(title="Alfa")
    translation = translate(zeta, "en", title="Zed")
    voci = in_lingua([zeta, alfa], "en")
    assert [(voce.testo.title, voce.tradotta, voce.lingua) for voce in voci] == [
        ("Zed", True, "en"),
        ("Alfa", False, "it"),
    ]
    assert voci[0].testo.pk == translation.pk
    assert facts(voci) == [zeta, alfa]


def test_in_lingua_ignores_drafts_aliases_and_restricted_translations(inglese):
    draft, alias, restricted = ServizioPageFactory.create_batch(3)
    translate(draft, "en", live=False)
    alias.copy_for_translation(inglese, copy_parents=True, alias=True)
    PageViewRestriction.objects.create(page=translate(restricted, "en"), restriction_type=PageViewRestriction.LOGIN)
    assert not any(voce.tradotta for voce in in_lingua([draft, alias, restricted], "en"))


def test_in_lingua_costs_nothing_in_italian_and_one_query_otherwise(db, django_assert_num_queries):
    pages = ServizioPageFactory.create_batch(3)
    for page in pages:
        translate(page, "en")
    pages = list(ServizioPage.objects.in_catalogo().with_relations())
    with django_assert_num_queries(0):
        in_lingua(pages, "it")
    with django_assert_num_queries(1):
        assert {voce.lingua for voce in in_lingua(pages, "en")} == {"en"}


def test_body_lists_its_own_services(db):
    mine = ServizioPageFactory()
    ServizioPageFactory()
    assert facts(servizi_dell_ente(mine.ente, "it")) == [mine]


def test_body_without_services_counts_none_and_has_a_page(db, client):
    page = EntePageFactory()
    assert servizi_dell_ente(page.ente, "it") == []
    assert [(found.pk, found.quanti_servizi) for found in enti_in("it")] == [(page.pk, 0)]
    assert client.get(page.url).status_code == 200


def test_bodies_count_what_their_page_lists(db):
    page = EntePageFactory()
    shown = ServizioPageFactory(parent=page)
    translate(shown, "en")
    ServizioPageFactory(parent=page, in_bozza=True)
    ServizioPageFactory(parent=page, ristretta=True)
    (found,) = enti_in("it")
    assert found.quanti_servizi == len(servizi_dell_ente(page.ente, "it")) == 1


def test_body_that_left_the_network_is_not_listed(db):
    page = EntePageFactory()
    page.ente.attivo = False
    page.ente.save()
    EntePageFactory(in_bozza=True)
    assert list(enti_in("it")) == []


def test_place_lists_services_whatever_its_language(db):
    luogo = LuogoPageFactory()
    service = ServizioPageFactory(parent=luogo.get_parent().specific, luogo=luogo)
    ServizioPageFactory()
    english = translate(luogo, "en")
    assert facts(servizi_del_luogo(luogo, "it")) == facts(servizi_del_luogo(english, "en")) == [service]
    body = EntePage.objects.get(pk=luogo.get_parent().pk)
    assert list(luoghi_dell_ente(body)) == [luogo]


def test_similar_services_answer_the_same_need_nearest_first(db):
    tipo, here = TipoServizioFactory(), ComuneFactory()
    far, near = ServizioPageFactory(tipo=tipo, title="A"), ServizioPageFactory(tipo=tipo, comune=here, title="B")
    ServizioPageFactory(tipo=tipo, stato="non_attivo", motivo_stato="Chiuso")
    ServizioPageFactory()
    this = ServizioPageFactory(tipo=tipo, comune=here)
    assert facts(servizi_simili(this, "it")) == [near, far]


def test_similar_services_of_a_sheet_without_municipality_or_need(db):
    tipo = TipoServizioFactory()
    other = ServizioPageFactory(tipo=tipo, title="A")
    nowhere = ServizioPageFactory(tipo=tipo, comune=None, title="B")
    this = ServizioPageFactory(tipo=tipo, comune=None)
    assert facts(servizi_simili(this, "it")) == [other, nowhere]
    without_need = ServizioPageFactory(tipo=TipoServizioFactory(bisogno=None))
    assert servizi_simili(without_need, "it") == []


@pytest.fixture
def centro(db):
    page = CivicCenterPageFactory()
    for giorno, dalle, titolo in [(3, 16, "Teatro"), (1, 18, "Coro"), (1, 16, "Compiti")]:
        AttivitaSettimanaleFactory(pagina=page, giorno=giorno, dalle=time(dalle), alle=time(dalle + 1), titolo=titolo)
    return type(page).objects.get(pk=page.pk)


def in_words(timetable) -> list[tuple[str, list[str]]]:
    return [(str(day), [item.titolo for item in items]) for day, items in timetable]


def test_timetable_goes_monday_first_and_by_hour(centro):
    assert in_words(settimana(centro)) == [("Lunedì", ["Compiti", "Coro"]), ("Mercoledì", ["Teatro"])]


def test_translated_timetable_has_its_words_and_the_italian_times(centro):
    english = translate(centro, "en")
    said = english.attivita.get(titolo="Coro")
    said.titolo, said.dalle = "Choir", time(9)
    said.save()
    centro.attivita.filter(titolo="Coro").update(dalle=time(17), giorno=2)
    timetable = settimana(english)
    assert [items[0].titolo for _day, items in timetable] == ["Compiti", "Choir", "Teatro"]
    assert [items[0].dalle for _day, items in timetable] == [time(16), time(17), time(16)]


def test_timetable_of_an_empty_center(db):
    assert settimana(CivicCenterPageFactory()) == []
