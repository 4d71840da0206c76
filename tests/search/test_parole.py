"""From the words typed to those looked for: empty words, forms of verbs, swapped letters; and texts fit to be cut."""

import pytest

from catalogo.models import ServizioPage
from search import fatti
from search.models import Sinonimo, VoceIndice
from search.parole import comprendi
from search.query import cerca
from tests.factories.catalogo import EmporioPageFactory, ServizioPageFactory
from tests.factories.home import PaginaSempliceFactory
from tests.factories.pagine import translate

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("diventare volontario", ["volontario"]), ("non so dove dormire", ["dormire"]), ("posso volere", [])],
)
def test_verbs_that_say_nothing_are_left_out(typed, kept):
    assert [term[0] for term in comprendi(typed, "it").termini] == kept


@pytest.mark.parametrize("typed", ["picchia", "picchiano", "picchiate", "picchio", "picchiamo", "picchiare"])
def test_forms_of_a_verb_have_its_synonyms(typed):
    Sinonimo.objects.create(lingua="it", parole="violenza, picchiare")
    (term,) = comprendi(typed, "it").termini
    assert "violenza" in term


def test_short_words_and_other_languages_have_no_infinitive():
    Sinonimo.objects.create(lingua="it", parole="dire, parlare")
    Sinonimo.objects.create(lingua="en", parole="violenza, picchiare")
    assert comprendi("dio", "it").termini == (("dio",),)
    assert comprendi("picchia", "en").termini == (("picchia",),)


def test_swapped_letters_are_nearer_than_a_wrong_one():
    for near in ("Messa", "Mesta", "Mesca", "Meana", "Mesma", "Mosna", "Messo", "Mensola", "Mensa"):
        ServizioPageFactory(title=near)
    for typed in ("mesna", "emnsa", "mensaa"):
        assert cerca(typed, lingua="it").forse == "mensa", typed


def test_a_mistyped_word_is_spelt_like_one_that_stands_for_what_there_is():
    Sinonimo.objects.create(lingua="it", parole="dottore, ambulatorio")
    ServizioPageFactory(title="Ambulatorio")
    ServizioPageFactory(title="Donare")
    found = cerca("dotore", lingua="it")
    assert (found.forse, [each.titolo for each in found.righe]) == ("dottore", ["Ambulatorio"])


def test_texts_of_fields_paragraphs_and_items_end_with_a_sign():
    page = ServizioPage(
        per_chi="Per tutti",
        come_fare="<p>Suona il campanello</p><p>Entra!</p>",
        cosa_serve="<ul><li>Un documento</li><li>La tessera:</li></ul>uno<br/>due",
    )
    page.locale = ServizioPageFactory().locale
    said = ["Per tutti.", "Suona il campanello.", "Entra!", "Un documento.", "La tessera:", "uno.", "due."]
    assert [line for line in fatti.testo_di(page).splitlines() if line in said] == said


def test_blocks_end_with_a_sign_too():
    page = PaginaSempliceFactory(
        corpo=[
            ("titolo", "Come si fa"),
            ("testo", "<p>Chiama</p><ul><li>di giorno</li><li>di notte</li></ul>"),
            ("domanda", {"domanda": "Serve un documento?", "risposta": "<p>No</p><p>Mai</p>"}),
        ]
    )
    text = "Come si fa.\nChiama.\ndi giorno.\ndi notte.\nServe un documento?\nNo.\nMai."
    assert fatti.testo_di(page) == text


def test_snippets_read_well():
    ServizioPageFactory(title="Sportello", per_chi="Per tutti", come_fare="<ul><li>Pane</li><li>Zafferano</li></ul>")
    (row,) = cerca("zafferano", lingua="it").righe
    assert "Pane. <mark>Zafferano</mark>" in " ".join(row.estratto.split())


def test_what_an_emporium_lacks_is_found_by_the_heading_over_it():
    page = EmporioPageFactory(title="La Madia", cosa_donare="olio")
    translate(page, "en", title="The Madia", cosa_donare="oil")
    rows = VoceIndice.objects.filter(gruppo=page.translation_key)
    assert "Cosa si può donare: olio." in rows.get(lingua="it").testo
    assert "oil." in rows.get(lingua="en").testo
    assert "donare" not in rows.get(lingua="en").testo
