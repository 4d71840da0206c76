"""Keys: tried before a process starts, added without losing the file, sealed anew without losing a value."""

import json
import os
import stat
import subprocess
import sys
from base64 import b64encode
from threading import Event, Thread

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command
from django.db import connection, transaction

from casi import chiavi, crypto
from casi.models import ControlloChiave, Persona, PrimoAscolto, Scarto
from casi.selectors.ascolti import elenco_ascolti
from tests.factories.casi import PrimoAscoltoFactory
from tests.factories.catalogo import OperatoreFactory
from tests.support.attori import attore_for
from tests.support.sources import ROOT


def rewrite(file, **changes) -> None:
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))
    crypto.forget_keys()


def complaints() -> list[str]:
    return [error.msg for error in run_checks(tags=[Tags.database], databases=["default"]) if error.id == "casi.E003"]


def other_key(n: int) -> str:
    return b64encode(bytes([n]) * 32).decode()


@pytest.mark.django_db
def test_right_file_passes_and_an_ordinary_check_asks_no_database(keys, django_assert_num_queries):
    assert complaints() == []
    with django_assert_num_queries(0):
        run_checks(tags=[Tags.database])


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param({"chiavi": {"prove": other_key(1)}}, "non è quella", id="stesso nome, altra chiave"),
        pytest.param({"attiva": "a", "chiavi": {"a": other_key(1)}}, "manca la chiave «prove»", id="altro file"),
        pytest.param({"indice": other_key(1)}, "non è quella", id="altro indice"),
        pytest.param({"attiva": "vecchia"}, "«vecchia» non è registrata", id="attiva mai registrata"),
        pytest.param({"chiavi": {}}, "32 byte", id="senza chiavi"),
    ],
)
def test_wrong_file_is_refused(keys, changes, said):
    rewrite(keys, **changes)
    assert len(complaints()) == 1
    assert said in complaints()[0]


@pytest.mark.django_db
def test_missing_file_is_refused(keys):
    keys.unlink()
    crypto.forget_keys()
    assert "non si legge" in complaints()[0]


@pytest.mark.django_db
def test_migration_registers_the_first_key_and_never_a_later_one(keys):
    chiavi.register_first()
    assert ControlloChiave.objects.get().nome == "prove"
    ControlloChiave.objects.all().delete()
    keys.rename(keys.with_suffix(".via"))
    crypto.forget_keys()
    chiavi.register_first()
    assert not ControlloChiave.objects.exists()


@pytest.mark.django_db
def test_new_key_is_active_registered_and_nobody_elses_to_read(keys, capsys):
    before = json.loads(keys.read_text())
    call_command("chiavi", "nuova", "2027a")
    after = json.loads(keys.read_text())
    assert after["attiva"] == "2027a"
    assert after["chiavi"].items() > before["chiavi"].items()
    assert after["indice"] == before["indice"]
    assert stat.S_IMODE(keys.stat().st_mode) == 0o600
    assert set(os.listdir(keys.parent)) == {keys.name}
    assert complaints() == []
    assert after["chiavi"]["2027a"] not in capsys.readouterr().out
    with pytest.raises(CommandError, match="c'è già"):
        call_command("chiavi", "nuova", "2027a")


@pytest.mark.django_db
def test_key_file_that_cannot_be_replaced_stays_as_it_was(keys, monkeypatch):
    before = keys.read_text()
    monkeypatch.setattr(os, "replace", lambda *args: (_ for _ in ()).throw(OSError(28, "disco pieno")))
    with pytest.raises(OSError, match="disco pieno"):
        call_command("chiavi", "nuova", "2027a")
    assert keys.read_text() == before
    assert set(os.listdir(keys.parent)) == {keys.name}


@pytest.mark.django_db
def test_rotation_stopped_between_file_and_database_is_taken_up_again(keys, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(chiavi, "register_active", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            call_command("chiavi", "nuova", "2027a")
    assert "chiavi nuova 2027a" in complaints()[0]
    call_command("chiavi", "nuova", "2027a")
    assert complaints() == []


@pytest.mark.django_db
def test_new_key_is_not_added_to_a_file_that_is_not_ours(keys):
    rewrite(keys, indice=other_key(1))
    with pytest.raises(CommandError, match="non è quella"):
        call_command("chiavi", "nuova", "2027a")
    assert "2027a" not in keys.read_text()


@pytest.mark.django_db
def test_running_process_reads_what_a_key_added_meanwhile_has_sealed(keys):
    persona = Persona.objects.create(cognome="Prima")
    old_ring = crypto.portachiavi()
    call_command("chiavi", "nuova", "2027a")
    call_command("ricifra")
    crypto._ring.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        rings = iter([old_ring])
        patch.setattr(crypto, "portachiavi", lambda: next(rings, None) or crypto.read_keys(keys))
        assert Persona.objects.get(pk=persona.pk).cognome == "Prima"


@pytest.mark.django_db
def test_resealing_keeps_every_value_and_leaves_none_to_the_old_key(keys, capsys, monkeypatch):
    monkeypatch.setattr(chiavi, "BATCH", 2)
    for n in range(5):
        Persona.objects.create(cognome=f"Cognome {n}", telefono="3330000000" if n else "")
    before = {p.pk: (p.cognome, p.telefono, p.indice_suono, p.versione) for p in Persona.objects.all()}
    call_command("chiavi", "nuova", "2027a")
    call_command("ricifra")
    assert {p.pk: (p.cognome, p.telefono, p.indice_suono, p.versione) for p in Persona.objects.all()} == before
    assert chiavi.values_per_key() == {"2027a": 9}
    out = capsys.readouterr().out
    assert out.count("persona: ") == 3
    assert "In tutto 9 valori" in out
    call_command("ricifra")
    assert "In tutto 0 valori" in capsys.readouterr().out
    call_command("chiavi", "stato")
    assert "2027a: 9 (attiva)\nprove: 0 (si può togliere)\n" in capsys.readouterr().out


@pytest.mark.django_db
def test_code_language_and_deed_are_sealed_anew_and_the_code_is_found_still(keys):
    by = OperatoreFactory(ruolo="volontario_ascolto")
    ascolto = PrimoAscoltoFactory(operatore=by, sigla="A3")
    Persona.objects.create(lingua="wolof")
    Scarto.objects.create(proposto_da=by, atto="det. 1/2026")
    call_command("chiavi", "nuova", "2027a")
    call_command("ricifra")
    assert chiavi.values_per_key()["prove"] == 0
    found = Persona.objects.get().lingua, PrimoAscolto.objects.get().sigla, Scarto.objects.get().atto
    assert found == ("wolof", "A3", "det. 1/2026")
    assert elenco_ascolti(attore_for(by), sigla="a3").righe == [ascolto]


@pytest.mark.django_db
def test_resealing_that_is_killed_loses_nothing_and_goes_on_when_run_again(keys, monkeypatch):
    monkeypatch.setattr(chiavi, "BATCH", 2)
    for n in range(5):
        Persona.objects.create(cognome=f"Cognome {n}")
    call_command("chiavi", "nuova", "2027a")
    real, calls = crypto.encrypt, []

    def dying(*args, **kwargs):
        calls.append(1)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return real(*args, **kwargs)

    with monkeypatch.context() as patch:
        patch.setattr(crypto, "encrypt", dying)
        with pytest.raises(KeyboardInterrupt):
            call_command("ricifra")
    assert chiavi.values_per_key()["prove"] == 3
    assert sorted(p.cognome for p in Persona.objects.all()) == [f"Cognome {n}" for n in range(5)]
    call_command("ricifra")
    assert chiavi.values_per_key()["prove"] == 0
    assert sorted(p.cognome for p in Persona.objects.all()) == [f"Cognome {n}" for n in range(5)]


@pytest.mark.django_db
def test_value_that_does_not_open_is_told_left_alone_and_stops_nothing_else(keys, capsys):
    broken, whole = (Persona.objects.create(cognome="Canarino") for _each in range(2))
    with connection.cursor() as cursor:
        cursor.execute("UPDATE casi_persona SET cognome = set_byte(cognome, 30, 0) WHERE id = %s", [broken.pk])
    call_command("chiavi", "nuova", "2027a")
    with pytest.raises(CommandError, match="1 righe"):
        call_command("ricifra")
    err = capsys.readouterr().err
    assert str(broken.pk) in err
    assert "Canarino" not in err
    assert Persona.objects.get(pk=whole.pk).cognome == "Canarino"
    assert chiavi.values_per_key()["2027a"] == 1


@pytest.mark.django_db(transaction=True)
def test_edit_during_the_rewriting_is_neither_lost_nor_undone(keys):
    persona = Persona.objects.create(cognome="Prima")
    call_command("chiavi", "nuova", "2027a")
    held, go = Event(), Event()

    def edit() -> None:
        with transaction.atomic():
            row = Persona.objects.select_for_update().get(pk=persona.pk)
            held.set()
            go.wait(10)
            row.cognome = "Dopo"
            row.save()
        connection.close()

    def rewrite_all() -> None:
        call_command("ricifra")
        connection.close()

    threads = [Thread(target=edit), Thread(target=rewrite_all)]
    threads[0].start()
    assert held.wait(10)
    threads[1].start()
    go.set()
    for thread in threads:
        thread.join(20)
    assert Persona.objects.get(pk=persona.pk).cognome == "Dopo"
    assert set(chiavi.values_per_key()) == {"2027a"}


@pytest.mark.matrice
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("index", "starts"), [(None, True), (other_key(1), False)])
def test_reserved_process_starts_with_its_keys_and_with_no_others(keys, index, starts):
    if index:
        rewrite(keys, indice=index)
    name = connection.settings_dict["NAME"]
    addresses = {key: f"{os.environ[key].rsplit('/', 1)[0]}/{name}" for key in os.environ if "DATABASE_URL" in key}
    done = subprocess.run(
        [sys.executable, "-c", "import portal.wsgi"],
        cwd=ROOT,
        env={**os.environ, **addresses, "DJANGO_SETTINGS_MODULE": "portal.settings.riservato", "SECRET_KEY": "x" * 60,
             "ALLOWED_HOSTS": "localhost", "PORTACHIAVI": str(keys), "DEMO": "true"},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode == 0) is starts, done.stderr
    assert starts or "«prove» del file non è quella" in done.stderr
