"""The code of a receipt, said on the phone: whose it is, and no word of what it is about."""

import uuid

import pytest

from casi.errori import Impossibile
from casi.models import Registro
from casi.selectors import ricevute
from casi.selectors.ricevute import Ricevuta, ricevuta
from tests.factories.casi import CasoFactory, RichiestaFactory, SegnalazioneFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def volontario():
    return OperatoreFactory(ruolo="volontario_ascolto")


def test_code_leads_to_the_own_arrival_or_says_whom_to_call(riservato, volontario):
    mine, other = SegnalazioneFactory(ente=volontario.ente), RichiestaFactory(nome="Canarino")
    taken = RichiestaFactory(ente=volontario.ente, caso=CasoFactory(), nome="Canarino")
    riservato.force_login(volontario.utente)
    assert "codice di ricevuta" in riservato.get("/arrivi/").content.decode()
    pages = {
        row: riservato.post("/arrivi/ricevuta/", {"chiave": str(uuid.uuid4()), "codice": codice}).content.decode()
        for row, codice in ((mine, mine.codice), (other, other.codice), (taken, taken.codice), (None, "R-0000-0000"))
    }
    assert f'href="/arrivi/segnalazioni/{mine.pk}/"' in pages[mine]
    assert other.ente.nome in pages[other]
    assert "È già seguita" in pages[taken]
    assert "Nessuna richiesta con questo codice" in pages[None]
    assert not any("Canarino" in page for page in pages.values())


@pytest.mark.parametrize("codice", ["R-7F3K-2Q9P", "R-R2B3-C4D5"])
def test_code_is_found_however_it_is_typed(riservato, volontario, codice):
    mine = RichiestaFactory(ente=volontario.ente, codice=codice)
    typed = mine.codice.removeprefix("R").replace("-", " ").lower()
    riservato.force_login(volontario.utente)
    page = riservato.post("/arrivi/ricevuta/", {"chiave": str(uuid.uuid4()), "codice": typed}).content.decode()
    assert f'href="/arrivi/richieste/{mine.pk}/"' in page


def test_children_in_danger_are_no_answer_to_who_may_not_read_of_them(volontario):
    sociale = attore_for(OperatoreFactory(ente=volontario.ente, ruolo="assistente_sociale", in_rete=False))
    rows = [
        SegnalazioneFactory(ente=volontario.ente, minori_a_rischio=True),
        SegnalazioneFactory(minori_a_rischio=True),
        SegnalazioneFactory(ente=volontario.ente, minori_a_rischio=True, caso=CasoFactory()),
    ]
    assert [ricevuta(attore_for(volontario), row.codice) for row in rows] == [Ricevuta()] * 3
    told = [ricevuta(sociale, row.codice) for row in rows]
    assert told == [Ricevuta(mia=rows[0]), Ricevuta(altrove=rows[1].ente), Ricevuta(seguita=True)]


def test_every_look_up_is_registered_and_they_are_counted(volontario, monkeypatch):
    monkeypatch.setattr(ricevute, "QUOTA", 2)
    taken = RichiestaFactory(caso=CasoFactory())
    by = attore_for(volontario)
    ricevuta(by, taken.codice)
    ricevuta(by, "R-0000-0000")
    with pytest.raises(Impossibile, match="2 codici"):
        ricevuta(by, taken.codice)
    lines = Registro.objects.order_by("pk").values_list("finalita", "oggetto_id", "casi", "risultati", "esito")
    assert list(lines) == [
        ("ricevuta", taken.pk, [taken.caso_id], 1, "consentito"),
        ("ricevuta", None, [], 0, "consentito"),
        ("ricevuta", None, [], 0, "negato"),
    ]
