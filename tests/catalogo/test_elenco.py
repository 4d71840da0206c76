"""The catalogue list: chips, pages, links, and what it costs."""

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from bench import rete
from catalogo.elenco import elenco_servizi
from catalogo.models import CatalogoPage, ServizioPage
from tests.factories.catalogo import EntePageFactory, ServizioPageFactory
from tests.factories.pagine import italian, translate
from tests.support.requests import page_request

BUDGET = 11  # the question whether what is in memory is still true included


@pytest.fixture
def tre(db) -> list:
    """Three services of one body, of kinds that sort as their names."""
    ente = EntePageFactory()
    return [
        ServizioPageFactory(parent=ente, title=title, tipo__codice=title.lower(), tipo__nome=title)
        for title in ("Abiti", "Banco", "Cena")
    ]


def elenco(query: str = "", **data: object) -> dict:
    return elenco_servizi(page_request(query=query, **data), "it")


def test_every_filter_in_force_has_a_chip_that_takes_away_only_itself(tre):
    context = elenco(query="tipo=abiti&tipo=banco&gratuito=on&ordina=nome&pagina=1")
    assert [(chip.etichetta, chip.senza) for chip in context["chips"]] == [
        ("Abiti", "tipo=banco&gratuito=on&ordina=nome"),
        ("Banco", "tipo=abiti&gratuito=on&ordina=nome"),
        ("Solo gratuiti", "tipo=abiti&tipo=banco&ordina=nome"),
    ]
    assert context["query"] == "tipo=abiti&tipo=banco&gratuito=on&ordina=nome"
    assert context["scelte"] == [("tipo", "abiti"), ("tipo", "banco"), ("gratuito", "on")]


def test_chip_of_a_body_carries_its_name(tre):
    (chip,) = elenco(ente=tre[0].ente_id)["chips"]
    assert (chip.etichetta, chip.senza) == (str(tre[0].ente), "")


def test_nonsense_is_not_repeated_in_links(tre):
    context = elenco(query="tipo=zzz&tipo=abiti&tipo=abiti&ordina=x&altro=1&q=abc")
    assert context["query"] == "tipo=abiti"
    assert len(context["chips"]) == 1


def test_no_filter_no_chip(tre):
    context = elenco()
    assert (context["chips"], context["query"], context["totale"]) == ([], "", 3)


@pytest.mark.parametrize(
    ("asked", "given"),
    [("", 1), ("1", 1), ("2", 2), ("99999", 2), ("-1", 1), ("0", 1), ("uno", 1), ("1e3", 1), ("9" * 5000, 1), ("٢", 2)],
    ids=lambda value: str(value)[:8],
)
def test_page_is_the_nearest_that_exists(tre, monkeypatch, asked, given):
    monkeypatch.setattr("catalogo.elenco.PER_PAGINA", 2)
    assert elenco(pagina=asked)["pagina"].number == given


def test_empty_catalogue_has_one_empty_page(db):
    context = elenco(pagina="7")
    assert (context["pagina"].number, context["totale"], list(context["pagina"])) == (1, 0, [])


@pytest.mark.matrice
def test_same_queries_with_20_and_200_services_and_any_filter(db, client):
    rete.fill(20)
    first = ServizioPage.objects.order_by("path").select_related("tipo").first()
    for lingua in ("en", "uk", "ar"):
        translate(italian(CatalogoPage), lingua)
        translate(first, lingua)
    costs = cost(client, first.tipo)
    rete.fill(200)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # nobody counts the rows of a transaction that is not over: any plan could be chosen
    assert ServizioPage.objects.filter(locale__language_code="it").count() >= 197
    assert cost(client, first.tipo) == costs
    assert max(costs.values()) <= BUDGET, costs


def cost(client, tipo) -> dict[str, int]:
    """Queries of the page in each language with no, one and many filters, by address."""
    queries = ("", f"?tipo={tipo.codice}", "?gratuito=on&ordina=comune")
    pages = CatalogoPage.objects.order_by("path")
    return {page.url + query: page_cost(client, page.url + query) for page in pages for query in queries}


def page_cost(client, url: str) -> int:
    client.get(url)  # fills what is read once per process
    with CaptureQueriesContext(connection) as context:
        assert client.get(url).status_code == 200
    return len(context)


@pytest.mark.parametrize("query", ["pagina=99999", "q=", "tipo=%F0%9F%8F%A0", "q=%20", "per=a&per=b"])
def test_catalogue_page_answers_any_address(client, tre, query):
    response = client.get(f"/servizi/?{query}")
    assert response.status_code == 200


def test_fragment_is_given_to_htmx_only(client, tre):
    page = client.get("/servizi/").content.decode()
    fragment = client.get("/servizi/", headers={"HX-Request": "true"}).content.decode()
    assert "<html" in page
    assert "<html" not in fragment
    assert "Abiti" in fragment


@pytest.mark.parametrize(
    "query", ["q=mensa", "q=mensa&tipo=abiti&tipo=banco&gratuito=on", "q=%FF%00", f"q={'x' * 3_000}"]
)
def test_words_are_searched_for_at_the_address_of_the_search(client, tre, query):
    response = client.get(f"/servizi/?{query}")
    assert (response.status_code, response.url.partition("?")[0]) == (302, "/cerca/")
    assert QueryDict(response.url.partition("?")[2]) == QueryDict(query)


def test_box_of_the_catalogue_carries_the_filters_along(client, tre):
    content = client.get("/servizi/?tipo=abiti").content.decode()
    assert '<input type="hidden" name="tipo" value="abiti" form="cerca-catalogo-modulo">' in content
