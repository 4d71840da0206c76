"""Synonyms: what editors may write, when it counts, what a new network starts with."""

from io import StringIO

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from search.models import Sinonimo
from search.sinonimi import di_partenza, sinonimi

pytestmark = pytest.mark.django_db


def test_each_word_of_a_group_finds_the_others():
    Sinonimo.objects.create(lingua="it", parole="Anziano, vecchio, terza età")
    assert sinonimi("it") == {
        "anziano": ("vecchio", "terza età"),
        "vecchio": ("anziano", "terza età"),
        "terza eta": ("anziano", "vecchio"),
    }


def test_empty_words_and_elisions_are_left_out_as_in_a_question():
    Sinonimo.objects.create(lingua="it", parole="lavare i panni, l'asciugatrice")
    assert sinonimi("it") == {"lavare panni": ("asciugatrice",), "asciugatrice": ("lavare panni",)}


def test_a_word_of_two_groups_finds_those_of_both_and_they_stay_apart():
    Sinonimo.objects.create(lingua="it", parole="spesa, cibo")
    Sinonimo.objects.create(lingua="it", parole="spesa, emporio")
    assert sinonimi("it")["spesa"] == ("cibo", "emporio")
    assert sinonimi("it")["cibo"] == ("spesa",)


def test_a_language_has_its_own():
    Sinonimo.objects.create(lingua="en", parole="food, meal")
    assert "food" in sinonimi("en")
    assert sinonimi("it") == sinonimi("xx") == {}


@pytest.mark.parametrize("edit", ["save", "update", "delete", "bulk"])
def test_an_edit_counts_at_once(edit):
    gruppo = Sinonimo.objects.create(lingua="it", parole="casa, alloggio")
    assert sinonimi("it")
    rows = Sinonimo.objects.filter(pk=gruppo.pk)
    if edit == "save":
        gruppo.parole = "tetto, riparo"
        gruppo.save()
    elif edit == "update":
        rows.update(parole="tetto, riparo")
    elif edit == "delete":
        rows.delete()
    else:
        rows.delete()
        Sinonimo.objects.bulk_create([Sinonimo(lingua="it", parole="tetto, riparo")])
    assert sinonimi("it") == ({} if edit == "delete" else {"tetto": ("riparo",), "riparo": ("tetto",)})


def test_reading_twice_asks_for_the_edition_only(django_assert_num_queries):
    Sinonimo.objects.create(lingua="it", parole="casa, alloggio")
    sinonimi("it")
    with django_assert_num_queries(1):
        sinonimi("it")


@pytest.mark.parametrize(
    "parole", ["", "casa", "casa,", "casa, CASA", "casa, " + "x" * 61, ", ".join(f"p{n}" for n in range(21))]
)
def test_a_group_that_makes_no_sense_is_refused(parole):
    with pytest.raises(ValidationError) as refused:
        Sinonimo(lingua="it", parole=parole).full_clean()
    assert set(refused.value.message_dict) == {"parole"}


def test_what_is_written_is_put_in_order():
    gruppo = Sinonimo(lingua="it", parole="  casa ,\n alloggio  temporaneo ,")
    gruppo.full_clean()
    assert gruppo.parole == "casa, alloggio temporaneo"


def test_starting_groups_are_fit():
    for lingua, gruppi in di_partenza().items():
        for parole in gruppi:
            Sinonimo(lingua=lingua, parole=parole).full_clean()
        assert len(gruppi) >= (50 if lingua == "it" else 10)


def test_command_adds_what_is_missing_and_leaves_what_editors_wrote():
    mine = Sinonimo.objects.create(lingua="it", parole="anziano, nonnino")
    call_command("carica_sinonimi", stdout=StringIO())
    before = Sinonimo.objects.count()
    call_command("carica_sinonimi", stdout=StringIO())
    assert Sinonimo.objects.count() == before == sum(map(len, di_partenza().values()))
    assert Sinonimo.objects.get(pk=mine.pk).parole == "anziano, nonnino"
