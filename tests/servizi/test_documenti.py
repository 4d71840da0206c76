"""Documents are found through the public pages that offer them, and only as long as they do; on every engine."""

from collections.abc import Callable

import pytest
from wagtail.models import CollectionViewRestriction

from search.query import cerca
from search.tipi import Filtri
from tests.factories.cms import CollectionFactory, DocumentoFactory, linking
from tests.factories.home import PaginaSempliceFactory
from tests.factories.pagine import translate

pytestmark = pytest.mark.usefixtures("compiti")  # who links what is noted by a task
Indicizza = Callable[[], None]


def titoli(testo: str, lingua: str = "it") -> list[str]:
    return [riga.titolo for riga in cerca(testo, lingua=lingua, filtri=Filtri(genere=("documento",))).righe]


@pytest.fixture
def modulo(motore: str):
    return DocumentoFactory(title="Modulo zafferano", contenuto=b"%PDF" + b"x" * 120_000)


def test_a_document_says_what_it_is_and_where_it_is_offered(modulo, indicizza: Indicizza):
    PaginaSempliceFactory(title="Come si chiede", corpo=linking(modulo))
    indicizza()
    found = cerca("zafferano", lingua="it")
    (row,) = found.righe
    assert (row.genere, row.titolo, row.url) == ("documento", "Modulo zafferano", modulo.url)
    assert row.descrizione == "PDF, 120 kB · Come si chiede"
    assert [(each.etichetta, each.numero) for each in found.faccette["genere"]] == [("Documenti", 1)]
    assert titoli("come si chiede") == ["Modulo zafferano"]


def test_a_document_block_counts_as_a_link(modulo, indicizza: Indicizza):
    PaginaSempliceFactory(corpo=[("allegato", {"documento": modulo, "descrizione": ""})])
    indicizza()
    assert titoli("zafferano") == ["Modulo zafferano"]


def test_what_nobody_links_is_never_found(modulo, indicizza: Indicizza):
    indicizza()
    assert titoli("zafferano") == []


@pytest.mark.parametrize("trait", ["in_bozza", "ristretta"])
def test_what_only_a_page_that_is_not_public_links_is_never_found(modulo, indicizza: Indicizza, trait: str):
    PaginaSempliceFactory(corpo=linking(modulo), **{trait: True})
    indicizza()
    assert titoli("zafferano") == []


def test_what_lies_below_a_closed_collection_is_never_found(modulo, indicizza: Indicizza):
    closed = CollectionFactory()
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    modulo.collection = CollectionFactory(parent=closed)
    modulo.save()
    PaginaSempliceFactory(corpo=linking(modulo))
    indicizza()
    assert titoli("zafferano") == []


def test_a_page_that_is_taken_off_takes_its_document_along(modulo, indicizza: Indicizza):
    page = PaginaSempliceFactory(corpo=linking(modulo))
    indicizza()
    assert titoli("zafferano") == ["Modulo zafferano"]
    page.unpublish()
    indicizza()
    assert titoli("zafferano") == []


def test_readers_of_other_languages_find_it_and_know_it_is_in_italian(modulo, indicizza: Indicizza):
    page = PaginaSempliceFactory(title="Come si chiede", corpo=linking(modulo))
    translate(page, "en", title="How to ask")
    indicizza()
    for lingua, where in (("en", "How to ask"), ("ar", "Come si chiede")):
        (row,) = cerca("zafferano", lingua=lingua).righe
        assert (row.lingua, row.descrizione) == ("it", f"PDF, 120 kB · {where}")


def test_a_document_of_a_translation_alone_is_for_its_readers(modulo, indicizza: Indicizza):
    page = PaginaSempliceFactory(corpo=[])
    translate(page, "en", corpo=linking(modulo))
    indicizza()
    assert [titoli("zafferano", lingua) for lingua in ("en", "it", "uk")] == [["Modulo zafferano"], [], []]
    assert cerca("zafferano", lingua="en").righe[0].lingua == "en"
