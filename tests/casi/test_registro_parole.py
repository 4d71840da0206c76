"""The register in words: no code of the program is left for who watches over it to guess."""

import re

import pytest

from casi.models import StatoRichiesta
from casi.percorso import Passo
from casi.ruoli import REGOLE, Azione
from casi.selectors.registro_parole import SCOPI, azione_detta, scopo_detto
from tests.factories.catalogo import OperatoreFactory
from tests.support.sources import ROOT

LITERAL = re.compile(r'finalita="([a-z_]+)"')


@pytest.mark.parametrize(
    ("azione", "finalita", "said"),
    [
        ("condurre", "avvia_chiusura", "Avviata la chiusura"),
        ("accettare", "accetta", "Accettato"),
        ("accettare", "rifiuta", "Non accettato: torna da assegnare"),
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
