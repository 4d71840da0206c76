"""A person's wish to be erased, taken back by who wrote it: with a reason, for those who watch over the answers."""

import pytest
from django.db import connection

from casi.actions.conservazione import propose, reject, withdraw
from casi.errori import Impossibile
from casi.models import Scarto
from casi.selectors.cancellazione_chiesta import last_wish
from tests.casi.test_cancellazione_chiesta import chiede
from tests.factories.casi import RichiestaFactory
from tests.support.attori import attore_for
from tests.support.scarti import lead

pytestmark = pytest.mark.django_db
PERCHE = "ha cambiato idea, lo ha detto al telefono"


@pytest.fixture
def chiesta(assistente):
    return RichiestaFactory(ente=assistente.ente)


def test_wish_is_taken_back_with_a_reason_that_stays_encrypted(assistente, chiesta):
    scarto = chiede(assistente, "richiesta", chiesta)
    for motivo in ("", " "):
        with pytest.raises(Impossibile, match="perché la ritiri"):
            withdraw(by=attore_for(assistente), scarto=scarto.pk, motivo=motivo)
    assert last_wish(chiesta) == scarto
    withdraw(by=attore_for(assistente), scarto=scarto.pk, motivo=PERCHE)
    scarto.refresh_from_db()
    assert (scarto.motivo, scarto.ritirato) == (PERCHE, True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM casi_scarto t")
        assert "telefono" not in cursor.fetchone()[0]


def test_wish_taken_back_is_as_never_asked_and_one_refused_is_told(assistente, coordinatrice, chiesta):
    back = chiede(assistente, "richiesta", chiesta)
    withdraw(by=attore_for(assistente), scarto=back.pk, motivo=PERCHE)
    assert last_wish(chiesta) is None
    refused = chiede(assistente, "richiesta", chiesta)
    reject(by=attore_for(coordinatrice), scarto=refused.pk, motivo="c'è un ricorso")
    assert last_wish(chiesta) == refused
    assert [each.ritirato for each in Scarto.objects.order_by("proposto_il")] == [True, False]


def test_ordinary_list_is_taken_back_without_a_word(assistente, chiuso):
    scarto = propose(by=attore_for(assistente))
    withdraw(by=attore_for(assistente), scarto=scarto.pk)
    scarto.refresh_from_db()
    assert (scarto.motivo, scarto.ritirato) == ("", True)


def test_page_asks_why_and_who_approves_and_who_watches_read_it(
    riservato, act_as, confirmed, assistente, coordinatrice, chiesta
):
    scarto = chiede(assistente, "richiesta", chiesta)
    act_as("riservato")
    confirmed()
    riservato.force_login(assistente.utente)
    address = f"/conservazione/{scarto.pk}/ritira/"
    sent = {"chiave": riservato.get(address).context["modulo"]["chiave"].value()}
    refused = riservato.post(address, sent)
    assert (refused.status_code, list(refused.context["modulo"].errors)) == (422, ["motivo"])
    assert riservato.post(address, sent | {"motivo": PERCHE})["Location"] == "/conservazione/"
    assert "Ritirato" in riservato.get("/conservazione/").content.decode()
    readers = (
        (assistente, "/conservazione/{}/"),
        (coordinatrice, "/scarti/{}/"),
        (lead(assistente, "responsabile_privacy"), "/registro/scarti/{}/"),
    )
    for who, place in readers:
        riservato.force_login(who.utente)
        page = riservato.get(place.format(scarto.pk)).content.decode()
        assert PERCHE in page
        assert "Ritirato da" in page
