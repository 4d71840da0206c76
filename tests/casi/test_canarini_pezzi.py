"""T3, of what lies within a case: its parts are asked for one by one, and who may not hears no word of them.

The parts are those of the matrix (`pezzi`), with a canary in each text of the area; who asks is of a body that leads
another network, in every role. The one who answers for the case hears canaries there: the pages asked for do sing.
"""

from collections.abc import Iterator
from dataclasses import replace
from functools import wraps
from importlib import import_module

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.http import HttpResponse
from django.test.utils import override_settings

from casi.checks import flat
from casi.models import VoceDiario
from casi.ruoli import RUOLI
from tests.factories.catalogo import AccordoFactory, OperatoreFactory
from tests.support.html import StrictClient
from tests.support.processi import own_settings

from .canarini import MUTI, SPECIE, Voliera, heard, leaks
from .indirizzi import client_for, indirizzi

pytestmark = pytest.mark.matrice
CHI, STATO = "as_responsabile", "preso_in_carico"
DI_UNA_PARTE = [each for each in indirizzi() if each.pezzi]
# Of the coordinator alone, who decides there without reading.
MUTE = {"affidamento"}


@pytest.fixture(autouse=True)
def _reserved(punto, tmp_path, settings) -> Iterator[None]:
    own = own_settings("riservato")
    own["MIDDLEWARE"] = [each for each in own["MIDDLEWARE"] if "whitenoise" not in each]
    settings.RISERVATI = tmp_path / "riservati"
    with override_settings(**own):
        yield


@pytest.fixture
def parti(_reserved, scena) -> dict[str, str]:
    """name → address of each part of the case, once everything in the area sings."""
    made = {each.nome: each.url(scena, CHI, STATO) for each in DI_UNA_PARTE}
    for model in apps.get_app_config("casi").get_models():
        if model.__name__ not in MUTI and (words := texts(model)):
            for row in model._base_manager.all():
                vars(row).update(words)
                row.save(update_fields=words)
    return made


def texts(model: type[models.Model]) -> dict[str, object]:
    """A canary for each field of `model` in which people write; the key of a file is left, so that it opens."""
    sung = [field for field in model._meta.local_fields if Voliera.sings(field) and field.name != "chiave"]
    words = [field for field in sung if "Data" not in type(field).__name__]
    return {field.name: [SPECIE] if isinstance(field, ArrayField) else SPECIE for field in words}


def stranger(scena, ruolo: str) -> StrictClient:
    """Signed in with both factors: of the body that leads another network."""
    utente = OperatoreFactory(ente=AccordoFactory().capofila, ruolo=ruolo, in_rete=False).utente
    return client_for(replace(scena, utenti={ruolo: utente}), ruolo)


def singing(client: StrictClient, parti: dict[str, str]) -> list[str]:
    """Names of the addresses whose answer has a canary: in its status line, headers or body, read or sent to."""
    return [name for name, url in parti.items() if any(map(heard, told(client, url)))]


def told(client: StrictClient, url: str) -> Iterator[str]:
    for answer in (client.get(url), client.post(url, {})):
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        yield f"{answer.reason_phrase} {answer.headers} {answer.cookies} {body.decode(errors='replace')}"


@pytest.mark.parametrize("ruolo", RUOLI)
def test_part_of_a_case_says_no_word_to_who_may_not(scena, parti, orecchio, ruolo):
    """Nor do the logs at every level, and whatever else such requests leave behind."""
    client = stranger(scena, ruolo)
    orecchio.paper.truncate(orecchio.paper.seek(0))
    assert singing(client, parti) == []
    assert not heard(orecchio.text)
    assert leaks() == []


def test_parts_asked_for_do_sing_to_who_may(scena, parti):
    assert parti.keys() - singing(client_for(scena, CHI), parti) == MUTE


def in_body(text: str) -> HttpResponse:
    return HttpResponse(f"Non c'è: {text}", status=404)


def in_header(text: str) -> HttpResponse:
    return HttpResponse(status=404, headers={"X-Voce": text})


def in_status(text: str) -> HttpResponse:
    return HttpResponse(status=404, reason=text)


def in_cookie(text: str) -> HttpResponse:
    answer = HttpResponse(status=404)
    answer.set_cookie("voce", text)
    return answer


@pytest.mark.parametrize("leak", [in_body, in_header, in_status, in_cookie])
def test_planted_leak_on_the_address_of_a_part_is_heard(scena, parti, monkeypatch, leak):
    """A refusal that names what it refuses, at the address of one entry of the diary."""
    (pattern,) = (each for each in flat(import_module("casi.urls").urlpatterns) if each.name == "diario_voce")

    @wraps(pattern.callback)
    def leaky(request, pk, voce):
        return leak(VoceDiario.objects.get(pk=voce).testo)

    client = stranger(scena, "referente")
    assert singing(client, parti) == []
    monkeypatch.setattr(pattern, "callback", leaky)
    assert singing(client, parti) == ["diario_voce"]
