"""A form that comes too late, when nobody is signed in any more or the body one acted for is over: what was typed is
shown back, and kept nowhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casi.views.pagina import mostra
from portal.utenti.ritorno import then

UNAUTHORIZED, FORBIDDEN, CONFLICT = 401, 403, 409
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "chiave", "versione", "lingua"})


def scritto_in(request: HttpRequest) -> list[str]:
    """The texts of the form, in their order. Boxes that were ticked say «on», which is nothing to copy."""
    fields = (texts for name, texts in request.POST.lists() if name not in NOT_TYPED)
    return [text for texts in fields for text in texts if text.strip() and text != "on"]


def sessione_scaduta(request: HttpRequest) -> HttpResponse:
    """Whoever sent the form gets his own words, and the way back to the page he was on."""
    context: dict[str, object] = {"scritto": scritto_in(request), "file": bool(request.FILES), "pagina": request.path}
    return mostra(request, "casi/sessione_scaduta.html", context, status=UNAUTHORIZED)


def ask_for_whom(request: HttpRequest) -> HttpResponse:
    """To the choice of the body and back; a form that was already sent gives its words back first."""
    if request.method != "POST":
        return redirect(then(reverse("casi:scelta_ente"), request.get_full_path()))
    context: dict[str, object] = {"scritto": scritto_in(request), "file": bool(request.FILES), "pagina": request.path}
    return mostra(request, "casi/ente_da_scegliere.html", context, status=CONFLICT)
