"""The floor under the quality of the answers, on the demo's own sheets, for whichever engine is on."""

from collections.abc import Iterator

import pytest
from django.conf import settings
from wagtail.models import Page

from search.indice import ricostruisci
from search.motori import allineamento, cluster
from tests.search.rilevanza import HELPS, LANGUAGES, ask_portal, measure, questions

from .conftest import ADDRESS, GIVEN, MISSING

pytestmark = pytest.mark.servizi
SUCCESS_5, MRR = 0.95, 0.85


@pytest.fixture(scope="module", params=["postgresql", "server"])
def indexed(request, demo, django_db_blocker) -> Iterator[str]:
    """The demo in the index of an engine; gives the name of the engine."""
    if request.param == "server" and not ADDRESS:
        pytest.skip(MISSING)
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        ricostruisci()
        if request.param == "server":
            patch.setattr(cluster, "PREFISSO", "prove")
            patch.setattr(settings, "SEARCH_URL", ADDRESS)
            for lingua in allineamento.lingue():
                allineamento.ripara(lingua)
        yield GIVEN.partition(":")[0] if request.param == "server" else request.param


@pytest.mark.parametrize("lingua", LANGUAGES)
def test_answers_stay_above_the_floor(indexed, db, lingua, capsys):
    figures, missed = measure(lingua, ask_portal)
    with capsys.disabled():
        print(f"\n  {indexed} {lingua}: {figures}")  # noqa: T201
    assert figures.success_5 >= (SUCCESS_5 if lingua == "it" else 0.8), missed
    assert lingua != "it" or figures.mrr >= MRR, figures


@pytest.mark.parametrize("lingua", LANGUAGES)
def test_expected_pages_exist_and_one_of_them_helps(indexed, db, lingua):
    known = set(Page.objects.live().values_list("slug", flat=True))
    for question in questions(lingua):
        assert set(question.attesi) <= known, question.q
        assert set(question.attesi.values()) <= {1, 2, 3}
        assert max(question.attesi.values()) >= HELPS
