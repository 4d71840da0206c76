"""A field on a page: what is said of it, and in which order it is read and heard."""

import pytest
from django import forms

MANCA = {"required": "Manca."}


class Esempio(forms.Form):
    nome = forms.CharField(label="Come ti chiami", help_text="Anche solo il nome.", error_messages=MANCA)
    detto = forms.BooleanField(label="Gliel'ho detto", help_text="Basta a voce.", error_messages=MANCA)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("nome", ["Come ti chiami", "Anche solo il nome.", "Manca.", "<input"]),
        ("detto", ["<input", "Gliel&#x27;ho detto", "Basta a voce.", "Manca."]),
    ],
)
def test_help_stands_between_a_label_and_its_field_and_under_the_words_of_a_box(name, said):
    shown = Esempio({})[name].as_field_group()
    places = [shown.index(each) for each in said]
    assert places == sorted(places)
