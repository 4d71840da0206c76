"""What import-linter cannot see: the public half naming casi in strings, and what each process carries."""

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver

from tests.support.sources import code, files, name, tree

PUBLIC = ("portal", "home", "catalogo", "search")
# Where the wall itself is built.
WALL = {
    "portal/settings/base.py",  # the list of reserved applications
    "portal/urls/riservato.py",  # the reserved process's addresses
    "portal/settings/riservato.py",  # the reserved process itself
    "portal/cms/cache_pagine/edizione.py",  # tables whose changes no public page shows
    "portal/cms/messaggi.py",  # which of its words are translated
    "portal/utenti/privilegi.py",  # the tables that the public role may not touch
}
NAMES_CASI = re.compile(r"^casi$|^casi[.:_/]|\{% *(url|include|extends|load)[^%]*['\"]casi[:/.]")


def mentions(source: str) -> Iterator[str]:
    """Strings of a Python source that name the application, its tables, its addresses or its templates."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAMES_CASI.search(node.value):
            yield node.value


def public_templates() -> Iterator[Path]:
    return (file for file in files("templates", suffix=".html") if "casi" not in file.parts)


def test_public_code_names_casi_in_no_string():
    found = {name(file): list(mentions(file.read_text())) for file in code(*PUBLIC) if name(file) not in WALL}
    assert {file: strings for file, strings in found.items() if strings} == {}


def test_public_templates_name_casi_nowhere():
    pattern = re.compile(r"""['"]casi[:/.]""")
    assert [name(file) for file in public_templates() if pattern.search(file.read_text())] == []


@pytest.mark.parametrize(
    "source",
    ['get_model("casi", "Caso")', 'reverse("casi:elenco")', 'ForeignKey("casi.Caso")', 'include("casi.urls")'],
)
def test_a_mention_is_noticed(source):
    assert list(mentions(source))


def test_italian_prose_is_no_mention():
    assert list(mentions('x = "in questi casi chiama"')) == []


def test_public_process_has_no_casi():
    installed = import_module("portal.settings.pubblico").INSTALLED_APPS
    assert not {"casi", "guardian"} & set(installed)


def test_reserved_process_shows_no_wagtail():
    patterns = import_module("portal.urls.riservato").urlpatterns
    views = {view.__module__ for view in callbacks(patterns)}
    assert views
    assert [module for module in views if module.startswith(("wagtail", "home", "catalogo", "search"))] == []
    middleware = import_module("portal.settings.riservato").MIDDLEWARE
    assert [each for each in middleware if "wagtail" in each or "cache_pagine" in each] == []


def test_public_process_shows_no_view_of_casi():
    views = {view.__module__ for view in callbacks(import_module("portal.urls.pubblico").urlpatterns)}
    assert [module for module in views if module.startswith("casi")] == []


def callbacks(patterns: list[URLPattern | URLResolver]) -> Iterator[object]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from callbacks(pattern.url_patterns)
        else:
            yield pattern.callback


def test_environment_is_read_in_one_place():
    """`portal/embedded` runs before anything is installed and prepares the environment; the rest reads settings."""
    free = ("portal/settings/", "portal/embedded/", "portal/wsgi.py")
    readers = {
        name(file)
        for file in code(*PUBLIC, "casi")
        for node in ast.walk(tree(file))
        if isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv"}
    }
    assert [reader for reader in readers if not reader.startswith(free)] == []
