"""Each name that goes on a seal has a line of its own on the register, also where an act brings it along."""

import pytest

from casi.actions import limiti
from casi.models import Registro
from tests.support.attori import attore_for
from tests.support.incaricati import collega
from tests.support.percorso import Scena

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("atto", "stato"),
    [
        ("conflitto", "preso_in_carico"), ("conflitto tolto", "preso_in_carico"), ("riapre", "chiuso"),
        ("trasferisce", "preso_in_carico"), ("accetta", "preso_in_carico"),
    ],
)  # fmt: skip
def test_name_that_a_seal_gets_as_a_consequence_has_a_line_of_its_own(atto, stato):
    scena = Scena(stato=stato)
    by, caso, boss = attore_for(scena.assistente), scena.caso, scena.coordinatore
    limiti.seal(by=by, caso=caso.pk)
    conflict = {"by": by, "caso": caso.pk, "operatore": boss, "motivo": "parente"}
    row = limiti.write_conflict(**conflict) if atto == "conflitto tolto" else None
    if atto == "accetta":
        scena.propone()
    elif atto != "trasferisce":  # as in a case sealed before the rule was
        caso.nominati.filter(operatore=boss).delete()
    before, last = set(caso.nominati.values_list("pk", flat=True)), Registro.objects.latest("pk").pk
    if row:
        limiti.lift_conflict(by=by, caso=caso.pk, incompatibilita=row)
    elif atto == "conflitto":
        limiti.write_conflict(**{**conflict, "operatore": scena.altra})
    else:
        scena.fa(atto)
    name = caso.nominati.exclude(pk__in=before).get()
    line = Registro.objects.filter(pk__gt=last, azione="sigillare", finalita__startswith="nomina").get()
    told = ("nominatoalsigillo", f"nomina {name.operatore_id}", [caso.pk])
    assert (line.oggetto, line.finalita, line.casi) == told
    assert name.data_da_id == (boss.pk if atto == "accetta" else line.operatore_id)


@pytest.mark.parametrize(
    ("atto", "stato"), [("trasferisce", "preso_in_carico"), ("riapre", "chiuso"), ("toglie", "preso_in_carico")]
)
def test_name_that_a_seal_loses_as_a_consequence_has_a_line_of_its_own(atto, stato):
    """Also where the seal itself is taken away; a name that was off already is not struck again."""
    scena = Scena(stato=stato)
    by, caso = attore_for(scena.assistente), scena.caso
    limiti.seal(by=by, caso=caso.pk)
    for each in (extra := collega(caso), gone := collega(caso)):
        limiti.add_name(by=by, caso=caso.pk, operatore=each.operatore)
    limiti.remove_name(by=by, caso=caso.pk, nominato=caso.nominati.get(operatore=gone.operatore))
    standing, last = {*caso.nominati.filter(tolta_il=None)}, Registro.objects.latest("pk").pk
    if atto == "toglie":
        limiti.unseal(by=by, caso=caso.pk)
    else:
        scena.fa(atto)
    struck = {each for each in caso.nominati.exclude(tolta_il=None) if each in standing}
    assert extra.operatore in {each.operatore for each in struck}
    lines = Registro.objects.filter(pk__gt=last, azione="sigillare", finalita__startswith="toglie_nome")
    told = sorted((each.oggetto, each.finalita, *each.casi) for each in lines)
    names = sorted(f"toglie_nome {each.operatore_id}" for each in struck)
    assert told == [("nominatoalsigillo", name, caso.pk) for name in names]
