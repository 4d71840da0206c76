"""The register in words: no code of the program is left for who watches over it to guess."""

import re

import pytest

from casi.models import StatoRichiesta
from casi.percorso import Passo
from casi.ruoli import REGOLE, Azione
from casi.selectors.registro_parole import SCOPI, azione_detta, scopo_detto
from tests.casi.test_registro import voce
from tests.factories.casi import CasoFactory, RichiestaFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.sources import ROOT

LITERAL = re.compile(r'finalita="([a-z_]+)"')


@pytest.mark.parametrize(
    ("azione", "finalita", "said"),
    [
        ("condurre", "avvia_chiusura", "Avviata la chiusura"),
        ("accessi_al_caso", "rapporto_it", "rapporto per la persona in italiano"),
        ("accreditare", "firma privacy 12", "ha registrato l'accordo privacy, n. 12"),
        ("sigillare", "nomina 12", "ha nominato chi può aprirlo, n. 12"),
        ("sigillare", "toglie_nome 12", "ha tolto chi poteva aprirlo, n. 12"),
        ("accreditare", "corregge privacy 12", "ha corretto l'accordo privacy, n. 12"),
        ("condividere", "assegna", "ha fatto entrare una persona"),
        ("gestire_arrivi", "ascolto_fissato", "Ascolto fissato"),
        ("di_una_volta", "cosa_di_una_volta", "cosa di una volta"),
    ],
)
def test_purpose_is_said_in_words(azione, finalita, said):
    assert scopo_detto(azione, finalita) == said


def test_every_purpose_the_code_writes_has_words():
    files = [*(ROOT / "casi" / "actions").glob("*.py"), *(ROOT / "casi" / "selectors").glob("*.py")]
    written = {word for file in files for word in LITERAL.findall(file.read_text())}
    assert written - set(SCOPI) == set()
    for passo in Passo:
        assert scopo_detto("condurre", passo) != passo
    for stato in StatoRichiesta:
        assert scopo_detto("gestire_arrivi", stato) == stato.label


@pytest.mark.django_db
def test_filter_lists_actions_as_people_read_them_and_says_what_is_wrong(riservato, act_as):
    assert {azione_detta(each) for each in Azione} == {str(each.descrizione).rstrip(".") for each in REGOLE.values()}
    assert azione_detta("di_una_volta") == "di una volta"
    riservato.force_login(OperatoreFactory(ruolo="responsabile_privacy").utente)
    act_as("riservato")
    page = riservato.get("/registro/").content.decode()
    assert "Unisce due schede della stessa persona" in page
    assert "Fondere persone" not in page
    wrong = riservato.post("/registro/", {"dal": "ieri"})
    assert wrong.status_code == 422
    assert "riepilogo-errori" in wrong.content.decode()
    assert "campo--errore" in wrong.content.decode()


@pytest.mark.django_db
def test_what_was_refused_is_told_as_refused_and_never_as_done(riservato):
    """Why it was asked stays where whoever asks must say it."""
    dpo = OperatoreFactory(ruolo="responsabile_privacy")
    for azione, finalita in (("vedere_persone", "corregge"), ("vedere_caso", "legge"), ("cercare", "nuovo_arrivo")):
        voce(azione=azione, finalita=finalita, esito="negato", ente_id=dpo.ente_id)
    riservato.force_login(dpo.utente)
    page = riservato.get("/registro/").content.decode().partition("<tbody>")[2]
    assert "Negato:</strong> " + azione_detta("vedere_persone") in page
    for word in ("Ha letto nomi", "ha corretto", "ha letto", "Ha aperto il caso", "Ha cercato"):
        assert word not in page
    assert scopo_detto("cercare", "nuovo_arrivo") in page


def test_period_that_ends_before_it_begins_is_told_beside_the_field(db, riservato):
    riservato.force_login(OperatoreFactory(ruolo="responsabile_privacy").utente)
    for al, status in (("2026-03-01", 422), ("2026-03-02", 200)):
        answer = riservato.post("/registro/", {"dal": "2026-03-02", "al": al})
        assert (answer.status_code, "al" in answer.context["modulo"].errors) == (status, status == 422)


def test_numbers_of_cases_and_receipts_of_a_line_are_apart_and_whole(riservato, dpo):
    caso, richiesta = CasoFactory(ente_titolare=dpo.ente), RichiestaFactory(ente=dpo.ente)
    voce(azione="aprire_caso", casi=[caso.pk], oggetto="richiesta", oggetto_id=richiesta.pk, ente_id=dpo.ente_id)
    riservato.force_login(dpo.utente)
    page = " ".join(riservato.get("/registro/").content.decode().split())
    whole = '<span class="registro__caso registro__caso--intero">'
    assert f"{whole}{caso.numero}</span> · {whole}{richiesta.codice}</span>" in page
