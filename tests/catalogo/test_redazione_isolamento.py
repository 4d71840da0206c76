"""The editor of one body can neither see nor touch what another one has not published, by any address of the admin."""

import re
from collections.abc import Iterator
from itertools import product

import pytest
from django.db.models import Model
from django.urls import URLPattern, URLResolver, get_resolver
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageLogEntry, PageViewRestriction, Revision, TaskState, WorkflowState
from wagtail_localize.models import Translation, TranslationSource

from catalogo.models import LuogoPage, ServizioPage

from .scena import CANARINO, Scena, entra

RADICE = "amministrazione/"
# Signing out ends the sweep; it shows nothing.
FUORI = {"wagtailadmin_logout"}
MODELLI = [Page, ServizioPage, LuogoPage, Revision, WorkflowState, TaskState, PageViewRestriction, PageLogEntry]
MODELLI += [get_image_model(), get_document_model(), Translation, TranslationSource]


@pytest.fixture
def scena(db) -> Scena:
    return Scena()


@pytest.fixture
def dentro(client, scena):
    client.raise_request_exception = False
    return entra(client, scena.referente)


def addresses(resolver: URLResolver, prefix: str = "", namespace: str = "") -> Iterator[tuple[str, str]]:
    """(pattern, name) of every address under `resolver`."""
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route, f"{namespace}{pattern.name}"
        else:
            yield from addresses(pattern, route, namespace + (f"{pattern.namespace}:" if pattern.namespace else ""))


def admin_addresses() -> list[tuple[str, str]]:
    found = [(route, name) for route, name in addresses(get_resolver()) if route.startswith(RADICE)]
    return [(route, name) for route, name in found if name.split(":")[-1] not in FUORI and not route.endswith("^.*/$")]


def values_of(scena: Scena) -> dict[str, list[object]]:
    """What each argument of an address may be: always something of Betulla's; for a page also one's own."""
    pages = [scena.bozza.pk, scena.luogo.pk, scena.viva.pk, scena.betulla.pk]
    task = scena.flusso.current_task_state
    return {
        "page": pages,
        "revision": [scena.revisione.pk],
        "workflow_state_id": [scena.flusso.pk],
        "task_state_id": [task.pk],
        "task_id": [task.task_id],
        "image_id": [scena.immagine.pk],
        "document_id": [scena.documento.pk],
        "doc_id": [scena.documento.pk],
        "translation_id": [scena.traduzione.pk],
        "translation_source_id": [scena.traduzione.source_id],
        "action_name": ["approve", "reject"],
        "action": ["delete", "move", "publish", "unpublish"],
        "filter_spec": ["original"],
        "app": ["catalogo"],
        "model": ["serviziopage"],
        "other": [scena.bozza.pk],
    }


KINDS = {
    **dict.fromkeys(["page_id", "parent_page_id", "page_to_move_id", "destination_id", "page_pk"], "page"),
    **dict.fromkeys(["revision_id", "revision_id_a", "revision_id_b"], "revision"),
    **dict.fromkeys(["app_label", "app_name", "content_type_app_name"], "app"),
    **dict.fromkeys(["model_name", "content_type_model_name"], "model"),
}


def kind_of(argument: str, name: str) -> str:
    """Which of `values_of` the `argument` of the address `name` takes; `pk` says it only with the name."""
    if argument != "pk":
        return KINDS.get(argument, argument)
    found = {"pages": "page", "images": "image_id", "docs": "document_id"}
    return next((kind for part, kind in found.items() if part in name), "other")


def filled(route: str, name: str, values: dict[str, list[object]], own: int) -> Iterator[str]:
    """Addresses of `route` with every value of its arguments; also one's own page with what is Betulla's beside it."""
    tokens = re.findall(r"\(\?P<(\w+)>[^()]*\)|<(?:\w+:)?(\w+)>", route)
    arguments = [a or b for a, b in tokens]
    kinds = [kind_of(argument, name) for argument in arguments]
    choices = [values.get(kind, values["other"]) for kind in kinds]
    if "page" in kinds and len(kinds) > 1:
        choices = [[*choice, own] if kind == "page" else choice for kind, choice in zip(kinds, choices, strict=True)]
    shape = re.sub(r"\(\?P<\w+>[^()]*\)|<(?:\w+:)?\w+>", "{}", route)
    shape = shape.replace("^", "").replace("$", "").replace(r"\.", ".")
    for picked in product(*choices):
        yield "/" + shape.format(*picked)


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
