"""How to reach a person safely outlives a merge of her records, is seen before it, and goes back with its undoing."""

import json
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from casi.actions import fusione, persone
from casi.actions.riporto import RIPORTATI
from casi.errori import Superato
from casi.models import Componente, Persona, Registro
from casi.ruoli import Azione
from casi.selectors import testata
from casi.selectors.casi import open_caso
from casi.selectors.fusione import confronto
from casi.selectors.rapporto import accesses
from tests.factories.casi import ComponenteFactory, PersonaFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.copie import copy_for
from tests.support.fusioni import separa
from tests.support.incaricati import followed

pytestmark = pytest.mark.django_db
MAI = "Mai telefonare: risponde il marito."


@pytest.fixture
def sociale():
    return OperatoreFactory(ruolo="assistente_sociale")


def due(sociale, *, contatto: str = "", lingua: str = "", **altra):
    """Two records of one household; the second one is full of warnings."""
    resta = PersonaFactory(cognome="Canarini", contatto_sicuro=contatto, lingua=lingua, interprete=False)
    said = {"contatto_sicuro": MAI, "interprete": True, "lingua": "arabo", "telefono": "0000 4", **altra}
    fusa = PersonaFactory(cognome="Kanarini", **said)
    return followed(sociale, resta, fusa), resta, fusa


def reached(persona: Persona) -> tuple[str, bool, str]:
    now = Persona.objects.get(pk=persona.pk)
    return now.contatto_sicuro, now.interprete, now.lingua


def test_head_of_the_case_still_warns_after_a_merge(sociale):
    caso, resta, fusa = due(sociale)
    by = attore_for(sociale)
    fusione.unisci(by=by, caso=caso.pk, tenuta=resta.pk, fusa=fusa.pk)
    head = testata.testata_caso(open_caso(by, caso.pk, Azione.VEDERE_CASO))
    assert (head.contatti_sicuri, head.interprete, head.lingue) == ([(resta.nominativo, MAI)], True, ["arabo"])


@pytest.mark.parametrize(
    ("contatto", "lingua", "unito"),
    [
        ("", "", (MAI, True, "arabo")),
        ("Solo di mattina.", "urdu", (f"Solo di mattina.\n{MAI}", True, "urdu")),
        (f"{MAI}\nSolo di mattina.", "arabo", (f"{MAI}\nSolo di mattina.", True, "arabo")),
        (f"{MAI} Davvero.", "", (f"{MAI} Davvero.\n{MAI}", True, "arabo")),
    ],
)
def test_what_a_merge_adds_its_undoing_takes_off_exactly(sociale, contatto, lingua, unito):
    caso, resta, fusa = due(sociale, contatto=contatto, lingua=lingua)
    by, before = attore_for(sociale), (reached(resta), reached(fusa))
    fusione.unisci(by=by, caso=caso.pk, tenuta=resta.pk, fusa=fusa.pk)
    assert reached(resta) == unito
    separa(by, caso.pk, resta.pk)
    assert (reached(resta), reached(fusa)) == before


@pytest.mark.parametrize(
    ("scritto", "rimane"),
    [
        (f"Solo di mattina.\r\n{MAI}\r\nDal 3 no.", "Solo di mattina.\r\nDal 3 no."),  # as a form sends it
        (f"{MAI}\r\nDal 3 no.", "Dal 3 no."),
        ("Si può chiamare.", "Si può chiamare."),
    ],
)
def test_undoing_leaves_what_was_written_over_it_since(sociale, scritto, rimane):
    caso, resta, fusa = due(sociale, contatto="Solo di mattina.")
    by = attore_for(sociale)
    fusione.unisci(by=by, caso=caso.pk, tenuta=resta.pk, fusa=fusa.pk)
    now = Persona.objects.get(pk=resta.pk)
    edit = {"contatto_sicuro": scritto, "lingua": "urdu"}
    persone.correggi(by=by, caso=caso.pk, persona=resta.pk, versione=now.versione, **edit)
    separa(by, caso.pk, resta.pk)
    assert reached(resta) == (rimane, False, "urdu")


def test_form_opened_before_a_merge_does_not_write_over_the_warning(sociale):
    caso, resta, fusa = due(sociale)
    by = attore_for(sociale)
    fusione.unisci(by=by, caso=caso.pk, tenuta=resta.pk, fusa=fusa.pk)
    with pytest.raises(Superato):
        persone.correggi(by=by, caso=caso.pk, persona=resta.pk, versione=1, contatto_sicuro="")


def test_merge_of_before_warnings_were_carried_is_still_undone(sociale):
    caso, resta, fusa = due(sociale)
    by = attore_for(sociale)
    done = fusione.unisci(by=by, caso=caso.pk, tenuta=resta.pk, fusa=fusa.pk)
    del done.spostati[RIPORTATI]
    done.save()
    separa(by, caso.pk, resta.pk)
    assert Persona.objects.get(pk=fusa.pk).fusa_in is None


def test_page_shows_what_differs_before_it_asks(riservato, sociale):
    caso, resta, fusa = due(sociale)
    riservato.force_login(sociale.utente)
    here = f"/casi/{caso.pk}/persone/{resta.pk}/unisci/"
    assert "0000 4" not in riservato.get(here).content.decode()
    page = riservato.get(f"{here}?fusa={fusa.pk}").content.decode()
    assert f'name="fusa" value="{fusa.pk}"' in page
    for said in ("Canarini", "Kanarini", "0000 4", MAI, "arabo"):
        assert said in page
    assert "Cittadinanza" not in page  # neither says
    assert "Confronta" in riservato.get(f"{here}?fusa={uuid.uuid4()}").content.decode()
    line = Registro.objects.get(finalita="confronta")
    assert (line.casi, line.oggetto, line.oggetto_id) == ([caso.pk], "persona", fusa.pk)
    assert "Ha corretto i dati delle persone" not in [str(each.fatto) for each in accesses(caso.pk)]


def test_page_of_a_record_that_cannot_be_merged_any_more_says_so(riservato, sociale):
    caso, resta, _fusa = due(sociale)
    riservato.force_login(sociale.utente)
    sent = {"chiave": str(uuid.uuid4()), "fusa": str(uuid.uuid4())}
    answer = riservato.post(f"/casi/{caso.pk}/persone/{resta.pk}/unisci/", sent)
    assert answer.status_code == 422
    assert "non si può più unire" in answer.content.decode()


def test_who_may_not_merge_them_compares_nothing(riservato, sociale):
    """She lives in a household of somebody else's case now: what her record says today is not for this one."""
    caso, resta, fusa = due(sociale)
    yesterday = timezone.localdate() - timedelta(days=1)
    Componente.objects.filter(persona=fusa).update(al=yesterday)
    elsewhere = followed(OperatoreFactory(ruolo="assistente_sociale"))
    ComponenteFactory(nucleo=elsewhere.nucleo, persona=fusa)
    assert confronto(attore_for(sociale), resta, fusa) is None
    riservato.force_login(sociale.utente)
    page = riservato.get(f"/casi/{caso.pk}/persone/{resta.pk}/unisci/?fusa={fusa.pk}").content.decode()
    assert "0000 4" not in page
    assert "da qui non si possono unire" in page
    assert not Registro.objects.filter(finalita="confronta").exists()


def test_copy_says_what_is_kept_of_merged_records(sociale):
    caso, resta, fusa = due(sociale)
    by = attore_for(sociale)
    fusione.unisci(by=by, caso=caso.pk, tenuta=resta.pk, fusa=fusa.pk)
    copied = copy_for(by, caso.pk, persona=resta.pk).dati["persona"]["schede_unite"]
    assert [(each["cognome"], each["telefono"]) for each in copied] == [("Kanarini", "0000 4")]
    Componente.objects.filter(persona=resta).update(al=timezone.localdate() - timedelta(days=1))
    left = copy_for(by, caso.pk, persona=resta.pk).dati["persona"]["schede_unite"]
    assert "0000 4" not in json.dumps(left, default=str)
