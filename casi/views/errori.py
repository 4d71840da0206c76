"""Errors of the reserved process, in its own frame: they say nothing of what is, or is not, there."""

import sys
from contextlib import suppress

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.urls import Resolver404, resolve
from django.utils import translation

from casi.views.pagina import mostra
from casi.views.pubblico import frame, in_lingua, language_of
from casi.views.scaduta import for_anybody, from_here, given_back
from casi.views.stati import UNAVAILABLE

AWAY = (OperationalError, InterfaceError)
BROKEN = 500


def richiesta_errata(request: HttpRequest, exception: Exception) -> HttpResponse:
    return mostra(request, "casi/400.html", status=400)


def vietata(request: HttpRequest, exception: Exception) -> HttpResponse:
    """As `non_trovata`, for who was accredited when he began to write."""
    return mostra(request, "casi/403.html", {"scritto": _typed(request)["scritto"]}, status=403)


def non_trovata(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A form gives its words back: the case it is of may have been taken away while they were written.

    Who has not signed in is most often somebody who asks for help: in the language of the browser, with the way.
    """
    if request.user.is_authenticated:
        return mostra(request, "casi/404.html", {"scritto": _typed(request)["scritto"]}, status=404)
    return in_lingua(_absent_for_anybody)(request)


def _absent_for_anybody(request: HttpRequest) -> HttpResponse:
    return render(request, "casi/pubblico/404.html", frame(request), status=404)


def guasto(request: HttpRequest) -> HttpResponse:
    """Asks neither the database nor the session: they may be what is broken. A form of ours gives its words back.

    503 where the database is away, full or busy: in a while the same will do.
    """
    if request.resolver_match is None:  # it broke before the address was read, at the session
        with suppress(Resolver404):
            request.resolver_match = resolve(request.path_info)
    public = for_anybody(request)
    with translation.override(language_of(request) if public else "it"):
        page = get_template("casi/500.html").render({"per_tutti": public, **_typed(request)})
    return HttpResponse(page, status=UNAVAILABLE if isinstance(sys.exception(), AWAY) else BROKEN)


def _typed(request: HttpRequest) -> dict[str, object]:
    """What was sent, if it can be read at all: that may be what broke."""
    nothing: dict[str, object] = {"scritto": [], "campi": [], "file": False, "pagina": request.path}
    try:
        return given_back(request) if from_here(request) else nothing
    except (OSError, SuspiciousOperation):
        return nothing
