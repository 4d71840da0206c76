"""Middleware of ours: health answers, the admin's content policy, no cache for the reserved area."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.deprecation import MiddlewareMixin

from portal.salute import answer_health

STATIC_FOUND = {200, 206, 304}  # any other answer under /static/ is a page of ours, which may name the person


class Salute:
    """Answers /salute/… before hosts, sessions and languages are looked at, so that a probe needs none of them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return answer_health(request.path) or self.get_response(request)


class CspAmministrazione(MiddlewareMixin):
    """Wagtail's admin needs inline script and style; nothing outside its prefix gets them."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if request.path.startswith("/amministrazione/"):
            relaxed = {"script-src": ["'unsafe-inline'"], "style-src": ["'unsafe-inline'"]}
            response._csp_update = relaxed  # type: ignore[attr-defined]  # where django-csp looks for it
        return response


class NessunaCache(MiddlewareMixin):
    """Nothing of the reserved area is kept by a browser or a proxy, errors and redirects included, nor loaded by a page
    of another site.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if request.path.startswith(settings.STATIC_URL) and response.status_code in STATIC_FOUND:
            return response
        response["Cache-Control"] = "no-store, private"
        patch_vary_headers(response, ["Cookie"])
        response["X-Content-Type-Options"] = "nosniff"
        return response
