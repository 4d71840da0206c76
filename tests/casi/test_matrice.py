"""T1, first half: the decision answers as matrice.csv says, for every action, person and state of a case."""

import csv
from dataclasses import replace

import pytest
from django.utils import timezone

from casi import policies
from casi.models import AccessoEmergenza
from casi.ruoli import REGOLE, Azione, Via

from . import pagina_matrice
from .matrice import FILE, IN_GENERALE, MatriceError, cella, matrice, puo, read
from .scena import INESISTENTE, PERSONE, STATI

pytestmark = pytest.mark.matrice


@pytest.mark.parametrize("persona", PERSONE)
def test_matrix_and_decision_agree_on_every_action_and_case(scena, persona):
    attore = scena.attore(persona)
    for azione in Azione:
        visible = set(policies.visible_to(attore, azione).values_list("pk", flat=True))
        expected = {caso.pk for stato, caso in scena.casi.items() if puo(azione, persona, stato)}
        assert visible == expected, (azione, _states(scena, visible ^ expected))


def _states(scena, pks) -> list[str]:
    return [stato for stato, caso in scena.casi.items() if caso.pk in pks]


@pytest.mark.parametrize("persona", PERSONE)
def test_matrix_and_set_of_actions_on_a_case_agree(scena, persona):
    attore = scena.attore(persona)
    for stato in STATI:
        found = policies.azioni_su(attore, scena.pk(stato)) if attore else frozenset()
        assert found == {azione for azione in Azione if puo(azione, persona, stato)}, stato


@pytest.mark.parametrize("persona", PERSONE)
def test_matrix_and_answer_for_one_case_agree(scena, persona):
    """`may` without a case for every action, with one for a case in another state each time."""
    attore, stati = scena.attore(persona), list(scena.casi)
    shift = list(PERSONE).index(persona)
    for number, azione in enumerate(Azione, shift):
        assert policies.may(attore, azione) == puo(azione, persona, IN_GENERALE), azione
        if REGOLE[azione].via is not Via.RUOLO:
            stato = stati[number % len(stati)]
            assert policies.may(attore, azione, scena.casi[stato]) == puo(azione, persona, stato), (azione, stato)


def test_what_an_emergency_opens_closes_with_it(scena, punto):
    in_emergenza = [persona for persona in PERSONE if cella("vedere_caso", persona, "preso_in_carico") == "E"]
    assert in_emergenza == ["as_in_emergenza", "coordinatore_in_emergenza"]
    AccessoEmergenza.objects.filter(chiuso_il__isnull=True).update(chiuso_il=timezone.now())
    for persona in in_emergenza:
        for stato in scena.casi:
            opened = policies.azioni_su(scena.attore(persona), scena.pk(stato))
            assert not [azione for azione in opened if cella(azione, persona, stato) == "E"]


def test_who_has_to_confirm_may_not_yet_but_sees_that_he_could(scena):
    caso = scena.casi["preso_in_carico"]
    unsure = replace(scena.attore("as_responsabile"), confermato=False)
    asking = {azione for azione in Azione if policies.needs_confirming(unsure, azione)}
    assert asking == {
        "nominare_lettori",
        "affidare_voci",
        "condividere",
        "sigillare",
        "aprire_in_emergenza",
        "estrarre",
        "esportare_registro",
        "approvare_scarto",
        "accreditare",
        "trasferire",
        "ripristinare_accesso",
        "confermare_ripristino",
    }
    for azione in asking:
        assert not policies.may(unsure, azione)
        assert not policies.may(unsure, azione, caso)
    assert {"condividere", "sigillare", "estrarre"} <= policies.azioni_su(unsure, caso.pk)


def test_matrix_names_every_action_and_no_other():
    assert list(matrice()) == [str(azione) for azione in Azione]
    assert INESISTENTE not in FILE.read_text()
    assert all(not puo(azione, persona, "inesistente") for azione in Azione for persona in PERSONE)


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda rows: rows[:-1], id="nessuno per chi non è nominato"),
        pytest.param(lambda rows: [*rows, rows[0]], id="due volte"),
        pytest.param(lambda rows: [rows[0] | {"persone": "il_vicino"}, *rows[1:]], id="uno sconosciuto"),
        pytest.param(lambda rows: [rows[0] | {"sospeso": "forse"}, *rows[1:]], id="una cella sconosciuta"),
    ],
)
def test_matrix_that_leaves_a_doubt_is_refused(spoil):
    with FILE.open(newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["azione"] == "vedere_caso"]
    read(rows)
    with pytest.raises(MatriceError):
        read(spoil(rows))


def test_page_of_the_matrix_tells_what_the_tests_apply():
    assert pagina_matrice.FILE.read_text().splitlines() == list(pagina_matrice.lines()), (
        ".venv/bin/python -m tests.casi.stampa_matrice"
    )
