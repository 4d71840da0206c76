"""What the home page and the news show, to whom, and on which day."""

from datetime import date, time

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from home.models import HomePage, NotizieIndexPage
from home.selectors import (
    NOTIZIE_PER_PAGINA,
    attivita_di_oggi,
    bisogni,
    elenco_notizie,
    in_evidenza,
    notizie_o_italiane,
    numeri,
    prossima,
)
from tests.factories.catalogo import (
    AttivitaSettimanaleFactory,
    BisognoFactory,
    CivicCenterPageFactory,
    ComuneFactory,
    EnteFactory,
    EntePageFactory,
    ModalitaAccessoFactory,
    ServizioPageFactory,
)
from tests.factories.home import NotiziaPageFactory, PaginaSempliceFactory
from tests.factories.pagine import italian, translate
from tests.support.requests import page_request

WEDNESDAY = date(2024, 5, 8)


def titles(pages) -> list[str]:
    return [page.title for page in pages]


@pytest.mark.parametrize(("on", "shown"), [(7, True), (8, True), (9, False)])
def test_news_is_shown_up_to_the_day_it_expires(db, on, shown):
    NotiziaPageFactory(scadenza=WEDNESDAY)
    assert notizie_o_italiane("it", date(2024, 5, on)).exists() is shown


def test_news_goes_newest_first_and_hides_drafts_and_restricted(db):
    NotiziaPageFactory(title="Vecchia", data=date(2024, 1, 1))
    NotiziaPageFactory(title="Nuova", data=date(2024, 2, 1))
    NotiziaPageFactory(in_bozza=True)
    NotiziaPageFactory(ristretta=True)
    assert titles(notizie_o_italiane("it")) == ["Nuova", "Vecchia"]


def test_each_piece_of_news_is_translated_or_italian(db):
    first, second = NotiziaPageFactory(title="Uno", data=date(2024, 6, 1)), NotiziaPageFactory(title="Due")
    translate(first, "en", title="One")
    translate(second, "en", title="Two", live=False)
    assert titles(notizie_o_italiane("en")) == ["One", "Due"]
    assert titles(notizie_o_italiane("it")) == ["Uno", "Due"]


@pytest.mark.parametrize(("asked", "number"), [("2", 2), ("99999", 2), ("-1", 2), ("x", 1), ("", 1), (None, 1)])
def test_news_page_that_does_not_exist_is_another_one(db, monkeypatch, asked, number):
    monkeypatch.setattr("home.selectors.NOTIZIE_PER_PAGINA", 2)
    NotiziaPageFactory.create_batch(3)
    request = page_request(**({} if asked is None else {"pagina": asked}))
    assert elenco_notizie(request, "it")["pagina"].number == number
    assert NOTIZIE_PER_PAGINA > 2


def test_tiles_are_the_needs_in_use_in_their_order(db):
    BisognoFactory(nome="Casa", ordine=2)
    BisognoFactory(nome="Cibo", ordine=1)
    BisognoFactory(attivo=False)
    assert [str(bisogno) for bisogno in bisogni()] == ["Cibo", "Casa"]


def test_numbers_count_what_the_catalogue_lists(db):
    comune = ComuneFactory()
    shown = ServizioPageFactory(comune=comune)
    ServizioPageFactory(comune=comune, parent=shown.get_parent().specific, da_verificare=True)
    ServizioPageFactory(comune=None, parent=shown.get_parent().specific)
    ServizioPageFactory(in_bozza=True, parent=shown.get_parent().specific)
    EnteFactory(attivo=False)
    assert numeri() == {"servizi": 3, "da_verificare": 1, "enti": 1, "comuni": 1}


@pytest.fixture
def centro(db):
    page = CivicCenterPageFactory(title="Il Mulino")
    for giorno, dalle, titolo in [(3, 18, "Coro"), (3, 16, "Compiti"), (4, 16, "Teatro")]:
        AttivitaSettimanaleFactory(pagina=page, giorno=giorno, dalle=time(dalle), alle=time(dalle + 1), titolo=titolo)
    return type(page).objects.get(pk=page.pk)


def today(lingua: str = "it") -> list[tuple[str, list[str]]]:
    return [(each["pagina"].title, titles_of(each["attivita"])) for each in attivita_di_oggi(lingua)]


def titles_of(attivita) -> list[str]:
    return [each.titolo for each in attivita]


@time_machine.travel("2024-05-08 10:00+02:00")
def test_today_lists_the_appointments_of_the_day_by_hour(centro):
    assert today() == [("Il Mulino", ["Compiti", "Coro"])]


@time_machine.travel("2024-05-10 10:00+02:00")
def test_day_without_appointments_lists_no_center(centro):
    assert today() == []


@time_machine.travel("2024-05-08 23:30+02:00")
def test_today_is_the_day_of_the_place_not_of_the_clock_in_greenwich(centro):
    assert len(today()) == 1


@time_machine.travel("2024-05-08 10:00+02:00")
def test_center_that_is_not_active_has_nothing_today(centro):
    centro.stato, centro.motivo_stato = "non_attivo", "Chiuso per lavori"
    centro.save()
    assert today() == []


@time_machine.travel("2024-05-08 10:00+02:00")
def test_today_speaks_the_readers_language(centro):
    english = translate(centro, "en", title="The Mill")
    english.attivita.filter(titolo="Coro").update(titolo="Choir")
    assert today("en") == [("The Mill", ["Compiti", "Choir"])]


def test_highlights_are_open_doors_first_and_never_doubtful(db):
    libero, altro = ModalitaAccessoFactory(codice="libero"), ModalitaAccessoFactory(codice="appuntamento")
    ServizioPageFactory(title="A", accessi=[altro])
    ServizioPageFactory(title="B", accessi=[libero, altro])
    ServizioPageFactory(title="C", da_verificare=True, accessi=[libero])
    ServizioPageFactory(title="D", stato="non_attivo", motivo_stato="Chiuso", accessi=[libero])
    shown = in_evidenza("it")
    assert [voce.fatti.title for voce in shown["subito"]] == ["B", "A"]
    assert shown["aperti"] == []


@pytest.fixture
def aperti(db) -> None:
    """Wednesday, 9–10: seven centers are open, four doors are for anybody."""
    ente = EntePageFactory()
    for number in range(7):
        centro = CivicCenterPageFactory(parent=ente, title=f"Aperto {number}")
        AttivitaSettimanaleFactory(pagina=centro, giorno=3, dalle=time(9), alle=time(10, number))
    ServizioPageFactory.create_batch(4, parent=ente)


@time_machine.travel("2024-05-08 09:30+02:00")
def test_home_shows_what_is_open_soonest_to_close_first_and_then_open_doors(aperti, client):
    shown = in_evidenza("it")
    assert [voce.fatti.title for voce in shown["aperti"]] == [f"Aperto {number}" for number in range(6)]
    assert len(shown["subito"]) == 2
    content = client.get("/").content.decode()
    assert content.index('id="aperti"') < content.index('id="subito"')


@time_machine.travel("2024-05-08 08:30+02:00")
def test_home_with_nothing_open_shows_open_doors_and_the_next_appointment(aperti, client):
    shown = in_evidenza("it")
    assert (shown["aperti"], len(shown["subito"])) == ([], 6)
    content = client.get("/").content.decode()
    assert 'id="aperti"' not in content
    assert '<bdi class="orario" dir="ltr">9.00</bdi> comincia «Compiti insieme», Aperto 0.' in content


@pytest.mark.parametrize(("hour", "titolo"), [(8, "Compiti"), (16, "Coro"), (21, None)])
def test_next_appointment_is_the_first_still_to_begin_today(centro, hour, titolo):
    with time_machine.travel(f"2024-05-08 {hour:02}:30+02:00"):
        found = prossima(attivita_di_oggi("it"))
    assert (found and found["attivita"].titolo) == titolo


@pytest.mark.parametrize(("da_verificare", "said"), [(0, False), (2, True)])
def test_home_tells_services_of_public_sources_apart(db, client, da_verificare, said):
    ServizioPageFactory.create_batch(da_verificare, da_verificare=True)
    ServizioPageFactory()
    assert ("2 vengono da fonti pubbliche" in client.get("/").content.decode()) is said


def page_queries(client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


@pytest.mark.matrice
@time_machine.travel("2024-05-08 10:00+02:00")
def test_home_costs_the_same_with_one_and_many_of_each(db, client):
    ente = EntePageFactory()
    accesso = ModalitaAccessoFactory()

    def more(how_many: int) -> None:
        for _each in range(how_many):
            NotiziaPageFactory()
            ServizioPageFactory(parent=ente, accessi=[accesso])
            AttivitaSettimanaleFactory(pagina__parent=ente, giorno=3)

    more(1)
    few = page_queries(client, "/")
    more(6)
    assert page_queries(client, "/") == few <= 16


def test_home_of_an_empty_network_has_a_page(db, client):
    response = client.get(italian(HomePage).url)
    assert response.status_code == 200


@pytest.mark.parametrize("query", ["", "?pagina=99999", "?pagina=%00", "?q=%F0%9F%8F%A0"])
def test_news_pages_answer_any_address(db, client, query):
    NotiziaPageFactory(title="Una festa")
    response = client.get(italian(NotizieIndexPage).url + query)
    assert response.status_code == 200
    assert "Una festa" in response.content.decode()


def test_page_of_text_opens(db, client):
    page = PaginaSempliceFactory(corpo=[("titolo", "Chi siamo"), ("testo", "<p>Una rete.</p>")])
    content = client.get(page.url).content.decode()
    assert "Chi siamo" in content
    assert "Una rete." in content
