"""The floor under the quality of the answers, on the demo's own sheets; and the arithmetic that measures it."""

import pytest

from search.indice import ricostruisci
from tests.search import rilevanza
from tests.search.rilevanza import LANGUAGES, Question, ask_portal, measure, ndcg, questions, rank

SUCCESS_5, MRR = 0.95, 0.85
QUESTION = Question("pane", "bisogno", {"forno": 3, "mensa": 2, "orto": 1})


@pytest.fixture(scope="module")
def indexed(demo, django_db_blocker) -> None:
    with django_db_blocker.unblock():
        ricostruisci()


def test_italian_answers_stay_above_the_floor(indexed, db):
    figures, missed = measure("it", ask_portal)
    assert figures.success_5 >= SUCCESS_5, missed
    assert figures.mrr >= MRR, figures


@pytest.mark.parametrize("lingua", ["en", "uk", "ar"])
def test_other_languages_find_what_people_mean(indexed, db, lingua):
    figures, missed = measure(lingua, ask_portal)
    assert figures.success_5 >= 0.8, missed


def test_questions_are_many_and_each_is_asked_once():
    assert len(questions("it")) >= 120
    for lingua in LANGUAGES:
        asked = [each.q for each in questions(lingua)]
        assert len(set(asked)) == len(asked) > 0
    assert {each.chi for each in questions("it")} == {"bisogno", "volontario", "operatore"}


@pytest.mark.parametrize("lingua", LANGUAGES)
def test_expected_pages_exist_and_one_of_them_helps(indexed, db, lingua):
    from wagtail.models import Page

    known = set(Page.objects.live().values_list("slug", flat=True))
    for question in questions(lingua):
        assert set(question.attesi) <= known, question.q
        assert set(question.attesi.values()) <= {1, 2, 3}
        assert max(question.attesi.values()) >= rilevanza.HELPS


@pytest.mark.parametrize(
    ("slugs", "place"), [(["forno"], 1), (["altro", "mensa"], 2), (["orto"], 0), ([], 0), (["orto", "x", "forno"], 3)]
)
def test_rank_is_the_place_of_the_first_that_helps(slugs, place):
    assert rank(QUESTION, slugs) == place


def test_gain_is_one_for_the_ideal_order_and_less_for_any_other():
    assert ndcg(QUESTION, ["forno", "mensa", "orto"]) == 1
    assert 0 < ndcg(QUESTION, ["orto", "mensa", "forno"]) < 1
    assert ndcg(QUESTION, ["altro"]) == 0
