"""A form that comes too late, to nobody or without its token: what was typed is shown back, and kept nowhere."""

from django.http import HttpRequest, HttpResponse

from casi.views.pagina import mostra

UNAUTHORIZED, FORBIDDEN = 401, 403
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "chiave", "versione"})


def scritto_in(request: HttpRequest) -> list[str]:
    """The texts of the form, in their order. Boxes that were ticked say «on», which is nothing to copy."""
    fields = (texts for name, texts in request.POST.lists() if name not in NOT_TYPED)
    return [text for texts in fields for text in texts if text.strip() and text != "on"]


def sessione_scaduta(request: HttpRequest) -> HttpResponse:
    """Whoever sent the form gets his own words, and the way back to the page he was on."""
    context: dict[str, object] = {"scritto": scritto_in(request), "file": bool(request.FILES), "pagina": request.path}
    return mostra(request, "casi/sessione_scaduta.html", context, status=UNAUTHORIZED)


def modulo_scaduto(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token, most often because he who had it open signed in again meanwhile.

    The words go back only to the page of ours they came from, in the same answer: another site's form, which nobody
    typed here, gets none, nor does a page with passwords.
    """
    own = _is_form_of_ours(request) and request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"
    context = {"scritto": scritto_in(request) if own else [], "file": bool(request.FILES), "pagina": request.path}
    return mostra(request, "casi/403_modulo.html", context, status=FORBIDDEN)


def _is_form_of_ours(request: HttpRequest) -> bool:
    """One of the area, not one of the sign-in."""
    view = request.resolver_match.func if request.resolver_match else None
    return hasattr(view, "azione") or hasattr(view, "pubblica")
