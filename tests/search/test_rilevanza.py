"""The questions people ask, and the arithmetic that measures the answers (the answers: tests/servizi)."""

import pytest

from tests.search.rilevanza import LANGUAGES, Question, ndcg, questions, rank

QUESTION = Question("pane", "bisogno", {"forno": 3, "mensa": 2, "orto": 1})


def test_questions_are_many_and_each_is_asked_once():
    assert len(questions("it")) >= 120
    for lingua in LANGUAGES:
        asked = [each.q for each in questions(lingua)]
        assert len(set(asked)) == len(asked) > 0
    assert {each.chi for each in questions("it")} == {"bisogno", "volontario", "operatore"}


@pytest.mark.parametrize(
    ("slugs", "place"), [(["forno"], 1), (["altro", "mensa"], 2), (["orto"], 0), ([], 0), (["orto", "x", "forno"], 3)]
)
def test_rank_is_the_place_of_the_first_that_helps(slugs, place):
    assert rank(QUESTION, slugs) == place


def test_gain_is_one_for_the_ideal_order_and_less_for_any_other():
    assert ndcg(QUESTION, ["forno", "mensa", "orto"]) == 1
    assert 0 < ndcg(QUESTION, ["orto", "mensa", "forno"]) < 1
    assert ndcg(QUESTION, ["altro"]) == 0
