"""A form without its token: most often because who had it open signed in again meanwhile, or left it for a day."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import ResolverMatch

from casi.views.pagina import mostra
from casi.views.pubblico import frame, in_lingua
from casi.views.scaduta import campi_di, for_anybody, from_here, scritto_in, sessione_scaduta
from casi.views.stati import CONFLICT, FORBIDDEN, UNAUTHORIZED

OK = 200


def modulo_scaduto(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form again, with a new token and the words in their place: nothing was done, and sending it does it.

    Only to the page of ours they came from: another site's form, which nobody typed here, gets none, nor does a page
    with passwords. Where the page shows no such form now, the words are there to be copied.
    """
    own, public = from_here(request), for_anybody(request)
    if own and not public and not request.user.is_authenticated:
        return sessione_scaduta(request)
    scritto = scritto_in(request) if own else []
    match = request.resolver_match
    if own and match and (again := _form_again(request, match)):
        return again
    if public:
        return in_lingua(_for_anybody)(request)
    context = {"scritto": scritto, "file": bool(request.FILES), "pagina": request.path}
    return mostra(request, "casi/403_modulo.html", context, status=FORBIDDEN)


def _form_again(request: HttpRequest, match: ResolverMatch) -> HttpResponse | None:
    """The page as it is opened, which writes nothing, if it took what had been typed; or the step still to take first.

    That is to confirm who one is, or to choose a body: pressing «Riprendi il modulo» too early is no dead end.
    """
    request.method, request.in_ritardo = "GET", campi_di(request)  # type: ignore[attr-defined]
    try:
        answer = match.func(request, *match.args, **match.kwargs)
    except (Http404, PermissionDenied):
        return None
    if answer.status_code in (UNAUTHORIZED, CONFLICT):
        return answer
    if "in_ritardo" in request.__dict__ or answer.status_code != OK:
        return None
    answer.status_code = FORBIDDEN
    return answer


def _for_anybody(request: HttpRequest) -> HttpResponse:
    return render(request, "casi/pubblico/scaduto.html", frame(request), status=FORBIDDEN)
