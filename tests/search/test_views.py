"""`/cerca/`: the same list as the catalogue, whatever one types, in every language."""

import pytest

from tests.factories.catalogo import ServizioPageFactory
from tests.factories.pagine import translate


@pytest.fixture
def mensa(db):
    return ServizioPageFactory(title="Mensa della stazione")


def test_words_find_a_service(client, mensa):
    ServizioPageFactory(title="Docce")
    content = client.get("/cerca/", {"q": "stazione"}).content.decode()
    assert "Mensa della stazione" in content
    assert "Docce" not in content


def test_nothing_found_is_a_page_that_helps(client, mensa):
    response = client.get("/cerca/", {"q": "zzz"})
    assert response.status_code == 200
    assert response.context["totale"] == 0


@pytest.mark.parametrize(
    "query",
    [
        "",
        "q=",
        f"q={'x' * 10_000}",
        "q=%00%FF%FE",
        "q=%F0%9F%8F%A0",
        "q=%ED%A0%80",
        "pagina=99999",
        "pagina=-1",
        "q=%25",
    ],
)
def test_any_query_string_has_a_page(client, mensa, query):
    assert client.get(f"/cerca/?{query}").status_code == 200


def test_too_many_parameters_are_refused_politely(client, mensa):
    assert client.get("/cerca/?" + "&".join(f"a{number}=1" for number in range(2_000))).status_code in {200, 400}


def test_what_is_typed_is_shown_as_text(client, mensa):
    content = client.get("/cerca/", {"q": "<script>alert(1)</script>"}).content.decode()
    assert "<script>alert" not in content
    assert "&lt;script&gt;" in content


@pytest.mark.parametrize("lingua", ["en", "uk", "ar"])
def test_other_languages_find_the_same_services(client, mensa, lingua):
    translate(mensa, "en", title="Station soup kitchen")
    response = client.get(f"/{lingua}/cerca/", {"q": "mensa"})
    assert response.context["totale"] == 1
    shown = "Station soup kitchen" if lingua == "en" else "Mensa della stazione"
    assert shown in response.content.decode()


@pytest.mark.parametrize("field", ["in_bozza", "ristretta"])
def test_what_is_not_public_is_not_found(client, db, field):
    ServizioPageFactory(title="Segreta", **{field: True})
    assert "Segreta" not in client.get("/cerca/").content.decode()
