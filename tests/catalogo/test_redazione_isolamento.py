"""The editor of one body can neither see nor touch what another one has not published, by any address of the admin."""

import re

import pytest
from django.db.models import Model
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageLogEntry, PageViewRestriction, Revision, TaskState, WorkflowState
from wagtail_localize.models import Translation, TranslationSource

from catalogo.models import LuogoPage, ServizioPage
from tests.support.amministrazione import admin_addresses, filled

from .scena import CANARINO, Scena, entra, values_of

MODELLI = [Page, ServizioPage, LuogoPage, Revision, WorkflowState, TaskState, PageViewRestriction, PageLogEntry]
MODELLI += [get_image_model(), get_document_model(), Translation, TranslationSource]


@pytest.fixture
def scena(db) -> Scena:
    return Scena()


@pytest.fixture
def dentro(client, scena):
    client.raise_request_exception = False
    return entra(client, scena.referente)


def snapshot() -> dict[type[Model], list]:
    """What the sweep may change nothing of: every row, as the database has it, but for one's own pages' edits."""
    return {model: sorted(model._base_manager.values_list(), key=str) for model in MODELLI}


def queries(scena: Scena, url: str) -> list[dict]:
    """Parameters that views of the admin read, each naming something of Betulla's."""
    page = scena.bozza.pk
    named = {"q": CANARINO[:9], "id": [page, scena.viva.pk], "target_pages[]": [page], "child_of": scena.betulla.pk}
    if "choose-page" in url:
        return [{}, named, {"page_type": "catalogo.luogopage"}]
    return [{**named, "collection_id": scena.immagine.collection_id}] + ([] if re.search(r"\d", url) else [{}])


def posted(scena: Scena) -> dict:
    page = scena.bozza.pk
    return {
        "new_parent_page": page,
        "new_title": "Copia",
        "new_slug": "copia",
        "title": "Preso",
        "move_page": page,
        "chosen": page,
        "id": page,
        "luogo": scena.luogo.pk,
        "immagine": scena.immagine.pk,
        "locales": [1, 2],
        "external-link-chooser-url": f"http://localhost{scena.viva.url}",
        "external-link-chooser-link_text": "x",
    }


def leaks(response) -> bool:
    text = response.content.decode(errors="replace") if not response.streaming else ""
    return CANARINO.lower() in (text + str(response.headers)).lower()


@pytest.mark.matrice
def test_sweep_of_every_admin_address_shows_and_changes_nothing_of_another_body(dentro, scena):
    routes = admin_addresses()
    assert len(routes) > 150
    values = values_of(scena)
    urls = [url for route, name in routes for url in filled(route, name, values, scena.propria.pk)]
    before = snapshot()
    problems = []
    for url in urls:
        answers = [dentro.get(url, params) for params in queries(scena, url)]
        answers.append(dentro.post(url, posted(scena), headers={"x-requested-with": "XMLHttpRequest"}))
        problems += [(url, answer.status_code) for answer in answers if leaks(answer) or answer.status_code == 500]
    assert problems == []
    after = snapshot()
    changed = [(model.__name__, row) for model in MODELLI for row in after[model] if row not in before[model]]
    gone = [(model.__name__, row) for model in MODELLI for row in before[model] if row not in after[model]]
    assert [item for item in changed + gone if scena.propria.pk not in item[1]] == []
