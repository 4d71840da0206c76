"""A form without its token: most often because who had it open signed in again meanwhile, or left it for a day."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from casi.views.pagina import mostra
from casi.views.pubblico import frame, in_lingua
from casi.views.scaduta import FORBIDDEN, scritto_in


def modulo_scaduto(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The words go back only to the page of ours they came from, in the same answer: another site's form, which nobody
    typed here, gets none, nor does a page with passwords. A page for anybody answers in the language it was read in.
    """
    view = request.resolver_match.func if request.resolver_match else None
    for_anybody = hasattr(view, "pubblica")
    ours = for_anybody or hasattr(view, "azione")
    own = ours and request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    context = {"scritto": scritto_in(request) if own else [], "file": bool(request.FILES), "pagina": request.path}
    if for_anybody:
        return in_lingua(lambda asked: _for_anybody(asked, context))(request)
    return mostra(request, "casi/403_modulo.html", context, status=FORBIDDEN)


def _for_anybody(request: HttpRequest, context: dict[str, object]) -> HttpResponse:
    return render(request, "casi/pubblico/scaduto.html", {**frame(request), **context}, status=FORBIDDEN)
