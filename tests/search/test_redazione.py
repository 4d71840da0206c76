"""The search in the editors' admin: for the central desk alone, and harmless to a spreadsheet."""

import datetime

import pytest
from django.contrib.auth.models import Group

from catalogo.redazione.flusso import REDAZIONE
from search.models import ParolaCercata, Sinonimo
from search.redazione import inoffensivo
from search.sinonimi import sinonimi
from tests.factories.portal import UtenteFactory

pytestmark = pytest.mark.django_db
PAGINE = ["/amministrazione/sinonimo/", "/amministrazione/sinonimo/new/", "/amministrazione/cercato/"]


@pytest.fixture
def redazione(client):
    utente = UtenteFactory()
    utente.groups.add(Group.objects.get(name=REDAZIONE))
    client.force_login(utente, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def cercata(testo: str, **fields: object) -> ParolaCercata:
    day = datetime.date(2026, 11, 24)
    return ParolaCercata.objects.create(
        **{"testo": testo, "lingua": "it", "volte": 9, "a_vuoto": 7, "dal": day, "ultimo": day, **fields}
    )


@pytest.mark.parametrize("path", PAGINE)
def test_desk_enters(redazione, path):
    assert redazione.get(path).status_code == 200


@pytest.mark.parametrize("path", PAGINE)
def test_who_writes_for_one_body_does_not(client, path):
    client.force_login(UtenteFactory(), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get(path).status_code in {302, 403}


def test_desk_writes_a_group_and_it_counts_at_once(redazione):
    redazione.post("/amministrazione/sinonimo/new/", {"lingua": "it", "parole": "badante, colf"})
    assert Sinonimo.objects.get().parole == "badante, colf"
    assert sinonimi("it")["badante"] == ("colf",)


def test_group_that_makes_no_sense_comes_back_with_the_reason(redazione):
    content = redazione.post("/amministrazione/sinonimo/new/", {"lingua": "it", "parole": "badante"}).content.decode()
    assert "Scrivi da 2 a 20 parole" in content


def test_report_lists_what_was_not_found_most_frequent_first(redazione):
    cercata("dentista", a_vuoto=2)
    cercata("badante", a_vuoto=7)
    cercata("mensa", a_vuoto=0)
    content = redazione.get("/amministrazione/cercato/").content.decode()
    assert content.index("badante") < content.index("dentista")
    assert "mensa" not in content


def test_export_is_text_that_no_spreadsheet_computes(redazione):
    cercata("=1+1", filtri={"comune=800001": 2})
    response = redazione.get("/amministrazione/cercato/?export=csv")
    table = b"".join(response.streaming_content).decode()
    assert "\n'=1+1,it,7,9,0,comune=800001 (2)," in table.replace("\r\n", "\n")


@pytest.mark.parametrize(
    ("text", "safe"),
    [("=A1", "'=A1"), ("+39", "'+39"), ("-1", "'-1"), ("@x", "'@x"), (" =A1", "' =A1"), ("casa", "casa")],
)
def test_formulas_are_made_words(text, safe):
    assert inoffensivo(text) == safe
