"""From an address to its page."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from portal.cms.models import PaginaBase


def pagina(request: HttpRequest, path: str) -> HttpResponse:
    """Wagtail's `serve`, which is told the page instead of walking down to it.

    It would ask twice for each part of the address, and twice more outside Italian. No page here routes by itself, so
    the last part tells the page; what is not found this way is left to Wagtail.
    """
    if (found := _find(request, path)) is not None:
        request._wagtail_route_for_request = RouteResult(found)  # type: ignore[attr-defined]
    return serve(request, path)


def _find(request: HttpRequest, path: str) -> Page | None:
    site, language = Site.find_for_request(request), get_language()
    for root in Site.get_site_root_paths():
        if site and (root.site_id, root.language_code) == (site.pk, language):
            url_path = root.root_path + path
            slug = url_path.rstrip("/").rpartition("/")[2]  # by itself url_path has no index
            page = Page.objects.live().filter(slug=slug, url_path=url_path).first()
            return page and _whole(page)
    return None


def _whole(page: Page) -> Page:
    """`page` as what it is, with what its template reads anyhow."""
    model = page.specific_class
    if model is None or not issubclass(model, PaginaBase):
        return page.specific
    return model.for_page().get(pk=page.pk)
