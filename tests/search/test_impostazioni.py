"""SEARCH_URL: what it may say, and what is made of it."""

import pytest

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
