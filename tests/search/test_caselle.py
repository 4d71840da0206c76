"""Long lists of choices are written by hand: nothing of what they say can become a tag."""

from search.pagina import Gruppo
from search.templatetags.caselle import caselle, opzioni
from search.tipi import Faccetta


def test_boxes_say_name_number_and_choice():
    voci = [Faccetta("mensa", "Mensa", 1234), Faccetta("docce", "Docce", 0, scelta=True)]
    html = caselle(Gruppo("tipo", "Tipo", voci, aperto=True))
    assert html.count("<li") == 2
    assert '<input type="checkbox" name="tipo" value="mensa" id="id_tipo_mensa">' in html
    assert '<input type="checkbox" name="tipo" value="docce" id="id_tipo_docce" checked>' in html
    assert '<span class="scelte__numero">1234</span>' in html


def test_words_of_editors_are_escaped():
    html = caselle(Gruppo("ente", "Ente", [Faccetta('"><b>', "<script>", 1)], aperto=False))
    assert "<script>" not in html
    assert "<b>" not in html
    assert opzioni([('"><b>', "<i>")], "") == '<option value="&quot;&gt;&lt;b&gt;">&lt;i&gt;</option>'


def test_option_chosen_is_selected():
    assert (
        opzioni([("a", "A"), ("b", "B")], "b") == '<option value="a">A</option>\n<option value="b" selected>B</option>'
    )
