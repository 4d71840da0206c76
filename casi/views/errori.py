"""Errors of the reserved process, in its own frame: they say nothing of what is, or is not, there."""

from django.http import HttpRequest, HttpResponse, HttpResponseServerError
from django.template.loader import get_template

from casi.views.pagina import mostra


def richiesta_errata(request: HttpRequest, exception: Exception) -> HttpResponse:
    return mostra(request, "casi/400.html", status=400)


def vietata(request: HttpRequest, exception: Exception) -> HttpResponse:
    return mostra(request, "casi/403.html", status=403)


def non_trovata(request: HttpRequest, exception: Exception) -> HttpResponse:
    return mostra(request, "casi/404.html", status=404)


def guasto(request: HttpRequest) -> HttpResponse:
    """Asks neither the database nor the session: they may be what is broken."""
    return HttpResponseServerError(get_template("casi/500.html").render())
