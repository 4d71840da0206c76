"""Every address leads where Wagtail's own walk down the tree would lead, for fewer questions."""

import pytest
from django.test import RequestFactory
from django.utils import translation
from wagtail.models import Page

from portal.cms.views import _find
from tests.factories.catalogo import ServizioPageFactory
from tests.factories.pagine import translate


def walked(path: str) -> Page | None:
    return Page.find_for_request(RequestFactory().get("/"), path)


def found(path: str) -> Page | None:
    return _find(RequestFactory().get("/"), path)


@pytest.mark.parametrize("lingua", ["it", "en", "ar"])
def test_every_page_is_found_as_by_wagtail(db, lingua):
    page = ServizioPageFactory(title="Mensa")
    if lingua != "it":
        page = translate(page, lingua)
    with translation.override(lingua):
        parts = page.url_path.strip("/").split("/")[1:]
        for end in range(len(parts) + 1):
            path = "".join(f"{part}/" for part in parts[:end])
            assert found(path) == walked(path)
            assert type(found(path)) is type(walked(path))


@pytest.mark.parametrize("path", ["zzz/", "enti/zzz/", "home/", "servizi/servizi/", "_util/login/"])
def test_address_of_nothing_is_left_to_wagtail(db, client, path):
    assert found(path) is None
    assert client.get(f"/{path}").status_code == (200 if path.startswith("_util") else 404)


def test_page_of_another_language_has_no_address_here(db, client):
    page = translate(ServizioPageFactory(), "en", title="Soup kitchen")
    assert client.get(page.url).status_code == 200
    page.unpublish()
    assert client.get(page.url).status_code == 404
    assert client.get(page.url.removeprefix("/en")).status_code == 200
