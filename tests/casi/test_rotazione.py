"""A key from the first day to the last: docs/esercizio.md, «Le chiavi di cifratura», step by step."""

import json
import os
import stat

import pytest
from django.core.management import CommandError, call_command

from casi import chiavi, crypto
from casi.actions.allegati import attach
from casi.models import ControlloChiave, Persona
from casi.selectors.allegati import scarica
from tests.casi import campioni
from tests.support.incaricati import responsabile

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.RISERVATI = tmp_path / "riservati"


@pytest.fixture
def file(keys):
    """With one key only, as on the first day."""
    data = json.loads(keys.read_text())
    keys.write_text(json.dumps({**data, "chiavi": {"prove": data["chiavi"]["prove"]}}))
    crypto.forget_keys()
    return keys


def names(file) -> set[str]:
    return set(json.loads(file.read_text())["chiavi"])


def trials() -> set[str]:
    return set(ControlloChiave.objects.values_list("nome", flat=True))


def test_whole_rotation_leaves_every_text_and_file_to_the_new_key_alone(file, caso, capsys):
    persona, titolare = Persona.objects.create(cognome="Prima"), responsabile(caso)
    allegato = attach(by=titolare, caso=caso.pk, nome="contratto.pdf", contenuto=campioni.PDF)
    index = json.loads(file.read_text())["indice"]
    call_command("chiavi", "nuova", "2027a")
    call_command("ricifra")
    capsys.readouterr()
    call_command("chiavi", "stato")
    assert "prove: 0 (si può togliere)" in capsys.readouterr().out
    call_command("chiavi", "togli", "prove")
    assert names(file) == trials() == chiavi.try_trials() == {"2027a"}
    assert json.loads(file.read_text())["indice"] == index
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert os.listdir(file.parent / "riservati")
    assert Persona.objects.get(pk=persona.pk).cognome == "Prima"
    assert b"".join(scarica(titolare, caso.pk, allegato.pk).contenuto) == campioni.PDF
    capsys.readouterr()
    call_command("chiavi", "stato")
    assert "prove" not in capsys.readouterr().out


def test_key_that_seals_a_text_or_the_key_of_a_file_stays(file, caso):
    attach(by=responsabile(caso), caso=caso.pk, nome="contratto.pdf", contenuto=campioni.PDF)
    call_command("chiavi", "nuova", "2027a")
    with pytest.raises(CommandError, match=r"chiude ancora 2 valori: prima ricifra"):  # the file's name and its key
        call_command("chiavi", "togli", "prove")
    assert names(file) == trials() == {"prove", "2027a"}


@pytest.mark.parametrize(("name", "said"), [("prove", "è quella attiva"), ("2019x", "nel file non c'è")])
def test_active_key_and_one_that_is_not_there_are_refused(file, name, said):
    with pytest.raises(CommandError, match=said):
        call_command("chiavi", "togli", name)
    assert names(file) == trials() == {"prove"}


def test_key_is_not_taken_from_a_file_that_is_not_ours(file):
    call_command("chiavi", "nuova", "2027a")
    other = json.loads(file.read_text())
    file.write_text(json.dumps({**other, "indice": other["chiavi"]["prove"][::-1].lstrip("=") + "="}))
    crypto.forget_keys()
    with pytest.raises(CommandError, match="non è quella"):
        call_command("chiavi", "togli", "prove")
    assert names(file) == trials() == {"prove", "2027a"}


def test_retiring_stopped_between_database_and_file_is_taken_up_again(file, monkeypatch):
    call_command("chiavi", "nuova", "2027a")
    before = file.read_text()
    with monkeypatch.context() as patch:
        patch.setattr(os, "replace", lambda *args: (_ for _ in ()).throw(OSError(28, "disco pieno")))
        with pytest.raises(OSError, match="disco pieno"):
            call_command("chiavi", "togli", "prove")
    assert file.read_text() == before
    assert chiavi.try_trials() == {"2027a"}
    call_command("chiavi", "togli", "prove")
    assert names(file) == {"2027a"}
