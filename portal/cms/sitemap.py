"""What search engines are told: every live, unrestricted page in a language of its own; and where not to go."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from wagtail.contrib.sitemaps import Sitemap
from wagtail.models import PageQuerySet


class MappaDelSito(Sitemap):
    def items(self) -> PageQuerySet:
        """Aliases show Italian words under another language's address: the original is enough."""
        return super().items().filter(alias_of__isnull=True)


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /amministrazione/",
        "Disallow: /accesso/",
        "Disallow: /cerca/",
        "Disallow: /*?",
        f"Sitemap: {request.build_absolute_uri('/sitemap.xml')}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")
