"""The table of requirements is whole and honest as far as a program can tell, and its page is up to date."""

from dataclasses import replace

import pytest

from . import pagina
from .tabella import DEROGHE, NUMERI, TABELLA, Requisito, anchors, asked, faults, proofs_in, read, slug

VOLUTI = asked(NUMERI.read_text())
RIGHE = read(TABELLA.read_text())


def test_every_requirement_is_there_once_with_a_proof():
    assert list(faults(RIGHE, VOLUTI)) == []


def test_numbers_are_those_of_the_standard():
    """253 of L1 and L2, and the 25 of L3 that security.md has in bold."""
    count = {level: list(VOLUTI.values()).count(level) for level in "123"}
    assert count == {"1": 70, "2": 183, "3": 25}


def test_what_is_not_met_is_what_was_decided():
    told = {row.numero for row in RIGHE if any(each.startswith("deroga") for each in row.prove)}
    assert told == DEROGHE


def test_page_is_made_of_the_table():
    assert pagina.FILE.read_text().splitlines() == list(pagina.lines(RIGHE)), ".venv/bin/python -m tests.asvs.pagina"


BUONA = Requisito(
    "1.2.1", "1", "Qualcosa", ("tests/asvs/test_tabella.py::test_every_requirement_is_there_once_with_a_proof",)
)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "1.2.1: manca"),
        ([BUONA, BUONA], "1.2.1: due volte"),
        ([BUONA, replace(BUONA, numero="9.9.9")], "9.9.9: non è fra i requisiti"),
        ([replace(BUONA, livello="2")], "1.2.1: livello 2"),
        ([replace(BUONA, qui="")], "1.2.1: non dice che cosa vuol dire qui"),
        ([replace(BUONA, prove=("",))], "1.2.1: nessuna prova"),
        ([replace(BUONA, prove=("tests/asvs/test_tabella.py::test_che_non_c_e",))], "non c'è"),
        ([replace(BUONA, prove=("tests/asvs/tabella.py::read",))], "non c'è"),
        ([replace(BUONA, prove=("tests/asvs/test_che_non_c_e.py::test_x",))], "non c'è"),
        ([replace(BUONA, prove=("../segreto/test_x.py::test_x",))], "non c'è"),
        ([replace(BUONA, prove=("esercizio: un-titolo-che-non-c-è",))], "in docs/esercizio.md non c'è"),
        ([replace(BUONA, prove=("documento: docs/sicurezza.md#niente",))], "in docs/sicurezza.md non c'è"),
        ([replace(BUONA, prove=("documento: docs/niente.md#log",))], "in docs/niente.md non c'è"),
        ([replace(BUONA, prove=("non riguarda: no",))], "«non riguarda» senza una ragione"),
        ([replace(BUONA, prove=("non riguarda",))], "«non riguarda» senza una ragione"),
        (
            [replace(BUONA, prove=("non riguarda: qui non si usa nessun LDAP", "esercizio: i-log"))],
            "eppure ha una prova",
        ),
        ([replace(BUONA, prove=("deroga: una ragione lunga quanto basta",))], "una deroga che nessuno ha deciso"),
    ],
)
def test_what_is_wrong_is_told(rows, said):
    assert any(said in each for each in faults(rows, {"1.2.1": "1"}))


def test_what_is_right_is_not():
    assert list(faults([BUONA], {"1.2.1": "1"})) == []
    assert list(faults([replace(BUONA, prove=("esercizio: i-log",))], {"1.2.1": "1"})) == []


def test_titles_become_anchors_as_a_reader_follows_them():
    assert slug("L'area riservata, giorno per giorno") == "larea-riservata-giorno-per-giorno"
    assert "chi-è-rimasto-fuori" in anchors("docs/esercizio.md")
    assert proofs_in("tests/asvs/test_tabella.py")
