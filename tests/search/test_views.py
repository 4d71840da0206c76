"""`/cerca/` and its suggestions: what is shown, what is counted, what any address gets."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalogo.models import ServizioPage
from search import pagina, views
from search.indice import ricostruisci
from search.models import RicercaVista
from search.query import cerca
from tests.factories.catalogo import BisognoFactory, ComuneFactory, ServizioPageFactory, TipoServizioFactory
from tests.factories.home import NotiziaPageFactory
from tests.factories.pagine import translate
from tests.support.undone import undone


@pytest.fixture(scope="module")
def schede(django_db_setup, django_db_blocker) -> Iterator[ServizioPage]:
    """A canteen, which is given, and a shower in two places, a piece of news; indexed once for all that follows."""
    with django_db_blocker.unblock(), undone():
        yield _schede()


@pytest.fixture
def rete(schede, db, compiti) -> ServizioPage:
    return schede


def _schede() -> ServizioPage:
    mangiare = BisognoFactory(codice="mangiare", nome="Mangiare")
    mensa = ServizioPageFactory(
        title="Mensa della stazione",
        telefono="0000 555 111",
        tipo=TipoServizioFactory(codice="mensa", nome="Mensa", bisogno=mangiare),
        comune=ComuneFactory(nome="Forlì", codice_istat="800001", lat=44.22, lon=12.04),
        gratuito=True,
    )
    ServizioPageFactory(
        title="Docce calde",
        tipo=TipoServizioFactory(codice="docce", nome="Docce"),
        comune=ComuneFactory(nome="Riva", codice_istat="800002", lat=44.3, lon=12.1),
        gratuito=False,
    )
    NotiziaPageFactory(title="La mensa chiude a Natale")
    ricostruisci()
    return mensa


def page(client, query: str = "", prefix: str = "", **headers: str) -> str:
    response = client.get(f"{prefix}/cerca/?{query}", headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_words_find_results_of_every_kind(client, rete):
    content = page(client, "q=mensa")
    assert "Mensa della stazione" in content
    assert "La mensa chiude a Natale" in content
    assert "Docce calde" not in content
    assert 'href="tel:' in content


def test_filter_narrows_and_has_a_chip_that_takes_it_away(client, rete):
    content = page(client, "q=mensa&genere=servizio&gratuito=on")
    assert "La mensa chiude a Natale" not in content
    assert 'href="/cerca/?q=mensa&amp;gratuito=on"' in content
    assert 'href="/cerca/?q=mensa&amp;genere=servizio"' in content


def test_filters_say_how_many_results_they_leave_and_stay_ticked(client, rete):
    content = page(client, "comune=800001")
    assert 'value="800001" id="id_comune_800001" checked> <span class="scelte__voce">Forlì' in content
    assert 'value="800002" id="id_comune_800002"> <span class="scelte__voce">Riva' in content


def test_box_carries_the_filters_along_and_the_filters_carry_the_words(client, rete):
    content = page(client, "q=mensa&comune=800001")
    assert '<input type="hidden" name="comune" value="800001" form="cerca-pagina-modulo">' in content
    assert '<input type="hidden" name="q" value="mensa">' in content


def test_filter_that_nobody_knows_is_passed_over(client, rete):
    content = page(client, "q=mensa&tipo=non-esiste&comune=800001")
    assert "Mensa della stazione" in content
    assert 'name="tipo" value="non-esiste"' not in content
    assert 'href="/cerca/?q=mensa"' in content, "one chip only"


def test_fragment_is_given_to_htmx_only(client, rete):
    fragment = page(client, "q=mensa", **{"HX-Request": "true"})
    assert "<html" not in fragment
    assert 'id="filtri"' in fragment
    assert 'id="risultati"' in fragment


def test_near_a_municipality_results_say_how_far_they_are(client, rete):
    near_riva = page(client, "vicino=800002&ordina=distanza")
    assert near_riva.index("Docce calde") < near_riva.index("Mensa della stazione")
    near_forli = page(client, "vicino=800001&ordina=distanza")
    assert near_forli.index("Mensa della stazione") < near_forli.index("Docce calde")
    assert "10.1 km" in near_forli or "10,1 km" in near_forli
    assert "Vicino a Riva" in near_riva


def test_distance_from_nowhere_is_no_order(client, rete):
    assert 'value="rilevanza" selected' in page(client, "q=mensa&ordina=distanza")


def test_nothing_here_shows_what_is_nearby_and_whom_to_call(client, rete):
    content = page(client, "q=stazione&comune=800002")
    assert "Nei Comuni più vicini a Riva" in content
    assert "Mensa della stazione" in content


def test_nothing_at_all_helps_on(client, rete):
    content = page(client, "q=zqxwvk")
    assert "Non abbiamo trovato niente" in content


def test_similar_results_and_better_spelling_are_labelled(client, rete, monkeypatch):
    def answer(*args, **kwargs):
        return replace(cerca("mensa", lingua="it"), simili=True, forse="mensa", ripiego=True)

    monkeypatch.setattr(pagina.query, "cerca", answer)
    content = page(client, "q=menza")
    assert "risultati simili" in content
    assert '<a href="/cerca/?q=mensa"><bdi>mensa</bdi></a>' in content
    assert "più semplice del solito" in content


@pytest.mark.parametrize("lingua", ["en", "uk", "ar"])
def test_italian_text_is_found_and_labelled_under_another_language(client, rete, lingua):
    content = page(client, "q=stazione", prefix=f"/{lingua}")
    assert '/mensa-della-stazione/" lang="it" dir="auto">Mensa della stazione</a>' in content


def test_translation_is_shown_where_there_is_one(client, rete):
    translate(rete, "en", title="Station soup kitchen")
    ricostruisci()
    content = page(client, "q=soup", prefix="/en")
    assert "Station soup kitchen" in content
    assert "pastiglia--attenzione" not in content


@pytest.mark.parametrize("field", ["in_bozza", "ristretta"])
def test_what_is_not_public_is_not_found(client, db, field):
    ServizioPageFactory(title="Segreta", **{field: True})
    ricostruisci()
    assert "Segreta" not in page(client)


ABSURD = ["", "q=", f"q={'x' * 10_000}", "q=%00%FF%FE", "q=%F0%9F%8F%A0", "q=%ED%A0%80", "pagina=99999", "pagina=-1",
          "q=%25", "q=%22", "q='%3B%20--", "q=lavanderia%3Agratis", "q=di%20la%20il", "q=%2A", "q=%E2%80%AEabc",
          "q=%22mensa", "pagina=uno", "comune=%00", "ente=999999999999999999", "ordina=x&vicino=zz",
          "tipo=" + "m" * 600,
          ]  # fmt: skip


@pytest.mark.parametrize("query", ABSURD, ids=lambda query: query[:16])
def test_any_query_string_has_a_page(client, rete, query):
    page(client, query)
    assert client.get(f"/cerca/suggerimenti/?{query}").status_code == 200


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(testo=st.text(max_size=200), codice=st.text(max_size=50))
def test_no_words_break_the_page(client, rete, testo, codice):
    response = client.get("/cerca/", {"q": testo, "tipo": codice, "vicino": codice, "pagina": codice})
    assert response.status_code == 200


def test_too_many_parameters_are_refused_politely(client, rete):
    assert client.get("/cerca/?" + "&".join(f"a{number}=1" for number in range(2_000))).status_code in {200, 400}
    assert client.get("/cerca/?" + "&".join(f"tipo=a{number}" for number in range(900))).status_code == 200


def test_what_is_typed_is_shown_as_text(client, rete):
    content = page(client, "q=<script>alert(1)</script>")
    assert "<script>alert" not in content
    assert "&lt;script&gt;" in content


def test_pages_link_to_each_other_and_keep_the_question(client, rete, monkeypatch):
    monkeypatch.setattr(pagina, "PER_PAGINA", 1)
    assert 'href="?q=mensa&amp;genere=servizio&amp;genere=notizia&amp;pagina=2"' in page(
        client, "q=mensa&genere=servizio&genere=notizia"
    )


def test_search_is_counted_once_however_many_pages_are_read(client, rete):
    for query in ("q=mensa", "q=mensa&pagina=2", "q=mensa&comune=800001", "comune=800001"):
        page(client, query)
    assert RicercaVista.objects.count() == 1


def test_suggestions_are_lines_with_an_address_and_a_sentence(client, rete):
    answer = client.get("/cerca/suggerimenti/", {"q": "men"})
    assert answer["Content-Type"] == "application/json"
    told = answer.json()
    assert {"testo": "Mensa della stazione", "genere": "servizio", "nome": "Servizio", "url": rete.url} in told[
        "suggerimenti"
    ]
    assert told["annuncio"].endswith("suggerimenti") or told["annuncio"] == "1 suggerimento"


@pytest.mark.parametrize("testo", ["", "m", "  ", "zqxw"])
def test_nothing_is_suggested_for_too_little_or_for_nonsense(client, rete, testo):
    assert client.get("/cerca/suggerimenti/", {"q": testo}).json() == {"suggerimenti": [], "annuncio": "0 suggerimenti"}


def test_suggestions_speak_the_language_of_their_address(client, rete):
    assert client.get("/en/cerca/suggerimenti/", {"q": "men"}).json()["suggerimenti"][0]["nome"] == "Service"


def test_every_kind_of_suggestion_has_a_name():
    assert set(views.GENERI) >= {"servizio", "ente", "luogo", "notizia", "pagina", "documento", "bisogno", "comune"}


@pytest.mark.parametrize("path", ["/", "/cerca/", "/servizi/", "/enti/"])
def test_every_search_box_is_a_plain_form_that_suggests(client, rete, path):
    content = client.get(path).content.decode()
    assert content.count('data-suggerimenti="/cerca/suggerimenti/"') == content.count('role="search"') > 0
    assert content.count('action="/cerca/" method="get"') == content.count('role="search"')
