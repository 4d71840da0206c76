"""A form that comes when one is signed in no more, has confirmed who he is too long ago, or acts for no body yet: what
was typed goes back to who typed it, and is kept nowhere."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from casi.forms.scritti import is_written
from casi.views.pagina import mostra
from casi.views.stati import CONFLICT, UNAUTHORIZED
from portal.utenti.ritorno import then

NOT_TYPED = frozenset({"csrfmiddlewaretoken", "chiave"})
NOT_LOST = frozenset({"versione", "lingua"})  # the page puts them there again by itself


def scritto_in(request: HttpRequest) -> list[str]:
    """The texts of the form, in their order: what was chosen is a code, which is nothing to copy."""
    sent = ((name, text) for name, texts in request.POST.lists() for text in texts if text.strip())
    return [text for name, text in sent if is_written(name, text)]


def campi_di(request: HttpRequest) -> dict[str, list[str]]:
    """Each field with its values, for the form itself to be filled in again."""
    return {name: values for name, values in request.POST.lists() if name not in NOT_TYPED}


def from_here(request: HttpRequest) -> bool:
    """Whether it is a form of ours, sent from a page of ours: only its words are shown again, never a password's."""
    match = request.resolver_match
    ours = match is not None and (hasattr(match.func, "azione") or for_anybody(request))
    return ours and request.headers.get("Origin") == f"{request.scheme}://{request.get_host()}"


def for_anybody(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is not None and hasattr(match.func, "pubblica")


def sent_too_late(request: HttpRequest) -> dict[str, list[str]]:
    """What `modulo_scaduto` wants the page to put back in its form, once; nothing on any other day."""
    return request.__dict__.pop("in_ritardo", {})


def sessione_scaduta(request: HttpRequest) -> HttpResponse:
    """When nobody is signed in any more: his own words, and a button that puts them back once he is again.

    That form carries no token, so it can do nothing but open the page it goes to (`modulo_scaduto`).
    """
    return mostra(request, "casi/sessione_scaduta.html", given_back(request), status=UNAUTHORIZED)


def conferma_scaduta(request: HttpRequest, onward: HttpResponse) -> HttpResponse:
    """The same for who is signed in, and confirmed who he is too long ago: a reason typed in a hurry is not lost."""
    context = {**given_back(request), "avanti": onward["Location"]}
    lost = something_to_lose(request)
    return mostra(request, "casi/conferma_scaduta.html", context, status=UNAUTHORIZED) if lost else onward


def ask_for_whom(request: HttpRequest) -> HttpResponse:
    """To the choice of the body and back; a form that was already sent gives its words back first."""
    if not something_to_lose(request):
        return redirect(then(reverse("casi:scelta_ente"), request.get_full_path()))
    return mostra(request, "casi/ente_da_scegliere.html", given_back(request), status=CONFLICT)


def something_to_lose(request: HttpRequest) -> bool:
    """Whether anything was written, or chosen, in the form that was sent."""
    return any("".join(values).strip() for name, values in campi_di(request).items() if name not in NOT_LOST)


def given_back(request: HttpRequest) -> dict[str, object]:
    """`pagina` keeps the sheet and the language of a page for anybody: they say who the request goes to."""
    campi = [(name, value) for name, values in campi_di(request).items() for value in values]
    pagina = request.get_full_path() if for_anybody(request) else request.path
    return {"campi": campi, "scritto": scritto_in(request), "file": bool(request.FILES), "pagina": pagina}
