"""When the reserved process is ready: its keys are the right ones, and its register was found whole not long ago."""

import json
from base64 import b64encode
from datetime import timedelta

import pytest
from django.utils import timezone

from casi import crypto
from casi.integrita import keep_head
from casi.models import ControlloChiave
from tests.casi.test_registro import voce

pytestmark = pytest.mark.django_db
PRONTA, KEY = "/salute/pronta", b64encode(b"k" * 32).decode()


@pytest.fixture
def ring(settings, tmp_path):
    """A copy of the key file; this process has read its keys already."""
    file = tmp_path / "portachiavi.json"
    file.write_text(settings.PORTACHIAVI.read_text())
    crypto.forget_keys()
    settings.PORTACHIAVI = file
    crypto.portachiavi()
    yield file
    crypto.forget_keys()


@pytest.fixture
def asked(riservato, settings):
    """What is wrong, as the probe reads it."""
    settings.PRONTA = ["casi.salute.chiavi", "portal.salute.disco", "casi.salute.testa"]

    def ask() -> list[str]:
        response = riservato.get(PRONTA)
        problems = response.json().get("problemi", [])
        assert response.status_code == (503 if problems else 200)
        return problems

    return ask


def test_reserved_process_asks_its_own_and_is_ready(asked, act_as, django_assert_num_queries):
    asked()
    act_as("riservato")
    with django_assert_num_queries(4):
        assert asked() == []


def altered(file, **changes) -> None:
    file.write_text(json.dumps({**json.loads(file.read_text()), **changes}))


def test_key_file_that_is_gone_or_is_no_key_file_is_told_without_a_word_of_it(asked, ring):
    whole = ring.read_text()
    for spoiled in ("", "[]", whole[:-3]):
        ring.write_text(spoiled)
        assert asked() == ["chiavi"]
    ring.unlink()
    assert asked() == ["chiavi"]
    ring.write_text(whole)
    assert asked() == []


def test_key_file_of_another_database_is_told(asked, ring):
    name = json.loads(ring.read_text())["attiva"]
    whole = ring.read_text()
    for changes in ({"indice": KEY}, {"chiavi": {name: KEY}}, {"chiavi": {"altra": KEY}, "attiva": "altra"}):
        altered(ring, **changes)
        assert asked() == ["chiavi"]
        ring.write_text(whole)
    assert asked() == []


def test_rotation_does_not_make_it_unready(asked, ring):
    """A key added since this process began, or retired when nothing is sealed with it any more."""
    keys = json.loads(ring.read_text())["chiavi"]
    altered(ring, chiavi={**keys, "nuova": KEY}, attiva="nuova")
    crypto.forget_keys()
    crypto.portachiavi()
    altered(ring, chiavi=keys, attiva=next(iter(keys)))
    assert asked() == []
    ControlloChiave.objects.update(nome="nuova")
    assert asked() == ["chiavi"]


@pytest.mark.parametrize(("days", "problems"), [(0, []), (2, []), (3, ["testa"])])
def test_head_of_the_register_is_at_most_two_nights_late(asked, time_machine, days, problems):
    now = timezone.localtime().replace(hour=12)
    time_machine.move_to(now - timedelta(days=30))
    voce()
    time_machine.move_to(now)
    assert asked() == ["testa"], "never kept"
    keep_head(timezone.localdate() - timedelta(days=1))
    time_machine.move_to(now + timedelta(days=days))
    assert asked() == problems


def test_register_that_has_just_begun_needs_no_head(asked):
    assert asked() == []
    voce()
    assert asked() == []
