"""Addresses of the public process: pages, search, Wagtail admin, sign-in."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.contrib.sitemaps.views import sitemap
from wagtail.documents import urls as wagtaildocs_urls

from portal.cms.sitemap import MappaDelSito, robots
from search.views import cerca, suggerimenti

urlpatterns = [
    # Wagtail's own sign-in knows no second factor: everybody enters by the same door.
    path("amministrazione/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("amministrazione/", include(wagtailadmin_urls)),
    path("accesso/", include("portal.utenti.urls")),
    path("documenti/", include(wagtaildocs_urls)),
    path("sitemap.xml", sitemap, {"sitemaps": {"pagine": MappaDelSito}}),
    path("robots.txt", robots),
    re_path(r"^it/(?P<resto>.*)$", RedirectView.as_view(url="/%(resto)s", query_string=True)),
]
if settings.DEMO or settings.DEBUG:
    urlpatterns.append(re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT}))

urlpatterns += i18n_patterns(
    path("cerca/", cerca, name="cerca"),
    path("cerca/suggerimenti/", suggerimenti, name="suggerimenti"),
    path("", include("portal.cms.urls")),
    prefix_default_language=False,
)
