"""How to reach a person safely is in nothing she is handed, unless she wants it in writing (decision 0019)."""

import io
import json
import zipfile
from uuid import uuid4

import pytest
from django.utils.html import escape

from casi.actions import fusione, persone
from casi.estratto import archive
from casi.parole_estratto import MANCA
from casi.selectors.contatto_sicuro import left_out
from tests.casi.test_rapporto_senza_caso import handed, paper
from tests.factories.casi import PersonaFactory, PrimoAscoltoFactory, RichiestaFactory, SegnalazioneFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.copie import copy_for
from tests.support.incaricati import followed

pytestmark = pytest.mark.django_db
SEGRETO = "CANARINO"
MANCANTE = MANCA["contatto_sicuro"]


@pytest.fixture
def sociale():
    return OperatoreFactory(ruolo="assistente_sociale")


@pytest.fixture
def scritto(sociale):
    """A case, its person, and every place where the instructions stand: now, before, in what she asked and told."""
    by = attore_for(sociale)
    lei, doppia = (
        PersonaFactory(contatto_sicuro=f"{SEGRETO} di prima"),
        PersonaFactory(contatto_sicuro=f"{SEGRETO} due"),
    )
    caso = followed(sociale, lei, doppia)
    changed = {"contatto_sicuro": f"{SEGRETO} adesso", "perche": f"{SEGRETO}: lui legge i messaggi"}
    persone.correggi(by=by, caso=caso.pk, persona=lei.pk, versione=1, telefono="0000 1", **changed)
    persone.correggi(by=by, caso=caso.pk, persona=lei.pk, versione=2, contatto_sicuro=f"{SEGRETO} ora")
    persone.correggi(by=by, caso=caso.pk, persona=lei.pk, versione=3, telefono="0000 2", perche="Numero nuovo")
    fusione.unisci(by=by, caso=caso.pk, tenuta=lei.pk, fusa=doppia.pk)
    RichiestaFactory(caso=caso, ente=sociale.ente, nome="Ada", contatto_sicuro=SEGRETO)
    heard = PrimoAscoltoFactory(caso=caso, operatore=sociale, nome="Ada", contatto_sicuro=SEGRETO)
    return by, caso, lei, [heard.pk]


def files(made) -> dict[str, str]:
    found = zipfile.ZipFile(archive(made))
    return {name: found.read(name).decode() for name in found.namelist()}


def test_copy_of_a_case_leaves_it_out_everywhere_and_says_so(scritto):
    by, caso, lei, testi = scritto
    made = copy_for(by, caso.pk, persona=lei.pk, testi=testi)
    for text in files(made).values():
        assert SEGRETO not in text
        assert MANCANTE in text or escape(MANCANTE) in text
    assert "contatto_sicuro" not in json.dumps(made.dati, default=str)
    said = [([each["campo"] for each in row["campi"]], row["perche"]) for row in made.dati["com_era_prima"]]
    assert said == [(["telefono"], "Numero nuovo"), (["telefono"], "")]


def test_copy_has_it_all_where_she_wants_it_in_writing(scritto):
    """GDPR art. 15(3): they are her data."""
    by, caso, lei, testi = scritto
    made = copy_for(by, caso.pk, persona=lei.pk, testi=testi, contatto_sicuro=True)
    page, data = files(made)["dati.html"], made.dati
    for word in ("ora", "adesso", "di prima", ": lui legge", "due"):
        assert f"{SEGRETO} {word}".replace(" :", ":") in page
    assert (data["richieste"][0]["contatto_sicuro"], data["ascolti"][0]["contatto_sicuro"]) == (SEGRETO, SEGRETO)
    assert MANCANTE not in data["mancano"]


def test_copy_with_nothing_to_leave_out_says_the_same():
    """Whoever finds it does not learn that there is any."""
    assert left_out({"com_era_prima": [], "mancano": []})["mancano"] == [MANCANTE]


def test_page_asks_before_putting_it_in(riservato, confirmed, scritto, sociale):
    _by, caso, lei, _testi = scritto
    confirmed()
    riservato.force_login(sociale.utente)
    address = f"/casi/{caso.pk}/estratto/"
    modulo = riservato.get(address).context["modulo"]
    assert not modulo["contatto_sicuro"].value()
    for sent, there in (({}, False), ({"contatto_sicuro": "on"}, True)):
        answer = riservato.post(
            address, {"chiave": uuid4(), "persona": lei.pk, "lingua": "it", "identita": "on", **sent}
        )
        kept = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
        assert (SEGRETO in kept.read("dati.json").decode()) is there


@pytest.mark.parametrize("factory", [RichiestaFactory, PrimoAscoltoFactory])
def test_paper_of_what_is_no_case_leaves_it_out_until_she_wants_it(riservato, act_as, sociale, factory):
    given = {"operatore": sociale} if factory is PrimoAscoltoFactory else {"ente": sociale.ente}
    row = factory(contatto_sicuro=SEGRETO, **given)
    place = "ascolti" if factory is PrimoAscoltoFactory else "arrivi/richieste"
    act_as("riservato")
    riservato.force_login(sociale.utente)
    address = f"/{place}/{row.pk}/copia/"
    assert "Lo vuole scritto" in paper(riservato, address)
    for sent, there in (({}, False), ({"lingua": "en"}, False), ({"lingua": "it", "contatto_sicuro": "1"}, True)):
        said = handed(paper(riservato, address, **sent))
        assert (SEGRETO in said) is there
        if sent.get("lingua") != "en":
            assert (escape(MANCANTE) in said) is not there


def test_paper_of_an_alert_has_none_whatever_is_asked(riservato, act_as, sociale):
    row = SegnalazioneFactory(ente=sociale.ente)
    act_as("riservato")
    riservato.force_login(sociale.utente)
    page = paper(riservato, f"/arrivi/segnalazioni/{row.pk}/copia/", lingua="it", contatto_sicuro="1")
    assert escape(MANCANTE) in handed(page)
    assert "Lo vuole scritto" not in page
