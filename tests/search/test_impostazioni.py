"""SEARCH_URL: what it may say, and what is made of it."""

import pytest
from django.apps import apps

from search import seguito, sincronia
from search.checks import search_url_names_an_engine
from search.motori.analisi import impostazioni, lingue_di
from search.motori.collegamento import indirizzo
from search.motori.postgres import Postgres
from search.motori.ripiego import ConRipiego
from search.motori.scelta import motore


@pytest.mark.parametrize(
    ("address", "parts"),
    [
        ("elasticsearch://localhost:9200", ("elasticsearch", "http://localhost:9200")),
        ("opensearch+https://io:pw@cerca.esempio.it:443", ("opensearch", "https://io:pw@cerca.esempio.it:443")),
        ("opensearch+http://10.0.0.5:9200", ("opensearch", "http://10.0.0.5:9200")),
    ],
)
def test_address_names_engine_and_machine(settings, address: str, parts: tuple[str, str]):
    assert indirizzo(address) == parts
    settings.SEARCH_URL = address
    assert search_url_names_an_engine() == []
    assert isinstance(motore(), ConRipiego)


WRONG = [
    "solr://localhost",
    "elasticsearch:",
    "opensearch://",
    "opensearch+ftp://x",
    "localhost:9200",
    "opensearch://x:y",
]


@pytest.mark.parametrize("address", WRONG)
def test_mistyped_address_stops_the_start(settings, address: str):
    settings.SEARCH_URL = address
    assert [error.id for error in search_url_names_an_engine()] == ["search.E001"]


def test_no_address_is_postgresql(settings):
    settings.SEARCH_URL = ""
    assert search_url_names_an_engine() == []
    assert isinstance(motore(), Postgres)


@pytest.mark.parametrize("lingua", ["it", "en", "uk", "ar"])
def test_index_reads_its_language_and_italian_and_knows_its_make(lingua: str):
    body = impostazioni(lingua)
    assert set(lingue_di(lingua)) == {lingua, "it"}
    assert {"it", lingua} <= set(body["settings"]["analysis"]["analyzer"])
    assert len(body["mappings"]["_meta"]["impronta"]) == 64
    assert body["mappings"]["dynamic"] == "strict"


@pytest.mark.parametrize("dopo", [True, False])
def test_big_load_leaves_the_index_to_the_command_after_it(settings, monkeypatch, dopo: bool):
    settings.INDICE_DOPO = dopo
    listening: list[str] = []
    for module in (sincronia, seguito):
        monkeypatch.setattr(module, "connect", lambda name=module.__name__: listening.append(name))
    apps.get_app_config("search").ready()
    assert listening == ([] if dopo else ["search.sincronia", "search.seguito"])
