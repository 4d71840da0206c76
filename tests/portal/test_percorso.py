"""The way from an address to its page, found in one query, gives what Wagtail's own steps give."""

import pytest
from django.http import Http404
from wagtail.models import Page

from home.models import HomePage
from tests.factories.catalogo import EmporioPageFactory, EntePageFactory, ServizioPageFactory
from tests.factories.pagine import italian


@pytest.fixture
def inizio(db) -> HomePage:
    return italian(HomePage)


def way_to(page: Page) -> list[str]:
    """The slugs from the first page down to `page`."""
    return page.url_path.strip("/").split("/")[1:]


def test_route_finds_the_page_as_what_it_is_and_its_parent(inizio, django_assert_num_queries):
    page = EmporioPageFactory()
    way = way_to(page)
    with django_assert_num_queries(2):
        found = inizio.route(None, way).page
        assert found.get_parent().slug == way[-2]
    assert found == page
    assert type(found) is type(page)


def test_route_tells_apart_pages_of_the_same_name_under_different_bodies(inizio):
    one, two = (ServizioPageFactory(slug="mensa", parent=EntePageFactory()) for _ in range(2))
    assert inizio.route(None, way_to(one)).page == one
    assert inizio.route(None, way_to(two)).page == two


def test_route_takes_no_short_cut_past_a_parent(inizio):
    *above, _ente, last = way_to(ServizioPageFactory())
    for wrong in ([*above, last], [last], [*above, "altro", last], [*way_to(EntePageFactory()), last]):
        with pytest.raises(Http404):
            inizio.route(None, wrong)


def test_route_refuses_a_draft_and_passes_under_one(inizio):
    page = ServizioPageFactory()
    parent = page.get_parent()
    Page.objects.filter(pk=parent.pk).update(live=False)
    assert inizio.route(None, way_to(page)).page == page
    with pytest.raises(Http404):
        inizio.route(None, way_to(parent))
