"""A form that comes too late, when nobody is signed in any more: what was typed is shown back, and kept nowhere."""

from django.http import HttpRequest, HttpResponse

from casi.views.pagina import mostra

UNAUTHORIZED, FORBIDDEN = 401, 403
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "chiave", "versione", "lingua"})


def scritto_in(request: HttpRequest) -> list[str]:
    """The texts of the form, in their order. Boxes that were ticked say «on», which is nothing to copy."""
    fields = (texts for name, texts in request.POST.lists() if name not in NOT_TYPED)
    return [text for texts in fields for text in texts if text.strip() and text != "on"]


def sessione_scaduta(request: HttpRequest) -> HttpResponse:
    """Whoever sent the form gets his own words, and the way back to the page he was on."""
    context: dict[str, object] = {"scritto": scritto_in(request), "file": bool(request.FILES), "pagina": request.path}
    return mostra(request, "casi/sessione_scaduta.html", context, status=UNAUTHORIZED)


def conferma_scaduta(request: HttpRequest, onward: HttpResponse) -> HttpResponse:
    """The same for who is signed in, and confirmed who he is too long ago: a reason typed in a hurry is not lost."""
    written = scritto_in(request)
    context: dict[str, object] = {"scritto": written, "file": bool(request.FILES), "avanti": onward["Location"]}
    return mostra(request, "casi/conferma_scaduta.html", context, status=UNAUTHORIZED) if written else onward
