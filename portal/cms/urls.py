"""Wagtail's addresses, with our own view for the last: pages."""

from django.urls import re_path
from wagtail.urls import serve_pattern
from wagtail.urls import urlpatterns as wagtail_patterns

from portal.cms.views import pagina

urlpatterns = [*wagtail_patterns[:-1], re_path(serve_pattern, pagina, name="wagtail_serve")]
