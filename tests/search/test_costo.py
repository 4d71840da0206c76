"""What a page of results asks of the database, counting itself included, whatever is asked of it."""

from collections.abc import Iterator

import pytest
from django.db import connection

from search.indice import ricostruisci
from tests.factories.catalogo import BisognoFactory, ComuneFactory, ServizioPageFactory, TipoServizioFactory
from tests.factories.home import NotiziaPageFactory
from tests.support.domande import at_most
from tests.support.undone import undone

BUDGET = 15


@pytest.fixture(scope="module")
def schede(django_db_setup, django_db_blocker) -> Iterator[None]:
    """Two pages of canteens, a shower, a piece of news, in two places; indexed once for all that follows."""
    with django_db_blocker.unblock(), undone():
        mensa = TipoServizioFactory(codice="mensa", nome="Mensa", bisogno=BisognoFactory(codice="mangiare"))
        forli = ComuneFactory(nome="Forlì", codice_istat="800001", lat=44.22, lon=12.04)
        for numero in range(16):
            ServizioPageFactory(title=f"Mensa della stazione {numero}", tipo=mensa, comune=forli, gratuito=True)
        riva = ComuneFactory(nome="Riva", codice_istat="800002", lat=44.3, lon=12.1)
        ServizioPageFactory(title="Docce calde", comune=riva, gratuito=False)
        NotiziaPageFactory(title="La mensa chiude a Natale")
        ricostruisci()
        connection.run_on_commit.clear()  # the index that the pages would write at the end of the transaction is there
        yield


@pytest.mark.parametrize(
    "query",
    [
        "q=mensa",
        "q=mensa&comune=800001&vicino=800002",
        "q=mennsa+stazine",
        "q=mennsa+stazine&genere=servizio&comune=800001&vicino=800002&ordina=distanza",
        "q=zqxwvk",
        "q=zqxwvk+mensa&comune=800002&vicino=800001&ordina=distanza",
        "q=mennsa+zqxwvk+parcheggio&comune=800002&genere=notizia",
        "q=mennsa&tipo=inventato&comune=800002",
    ],
)
def test_page_costs_no_more_queries_than_it_may_whatever_is_asked(client, schede, db, query):
    # Makes the salt of the day, and what is the same on every page; no page kept from another test has this address.
    client.get("/cerca/", {"q": "docce", "prova": query})
    with at_most(BUDGET):
        client.get(f"/cerca/?{query}")
