"""The door every view of the area stands behind: it declares its action and gets who acts, or is for anybody."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.contrib.auth.decorators import login_not_required, login_required
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponseBase
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect

from casi import policies
from casi.actions.accessi import shut_out
from casi.actions.una_volta import done_before
from casi.attore import SCELTA, Attore
from casi.errori import Assente, Vietato
from casi.registro import already_refused, refuse
from casi.ruoli import RUOLI, Azione
from casi.selectors.emergenza import with_emergencies
from casi.views.scaduta import ask_for_whom, conferma_scaduta, sessione_scaduta
from catalogo.models import Operatore
from portal.utenti.accessi import client_address
from portal.utenti.conferma import ask_again, has_confirmed
from portal.utenti.secondo_fattore import has_passed
from portal.utenti.sessioni import fingerprint

View = Callable[..., HttpResponseBase]


def dichiara(azione: Azione, *, prima_di_scegliere: bool = False) -> Callable[[View], View]:
    """`@dichiara(Azione.X)`: the view is called as `view(request, attore, …)`, only if the role may do X.

    Who may not gets the 404 of an address that is not there, and a line in the register; so does, with a 403, who may
    not enter any more. What asks to confirm who one
    is (`Regola.conferma`) asks first; who works for several bodies has chosen one before, unless `prima_di_scegliere`.
    A form about one thing leads, once carried out, where it led: the thing may be gone. `casi.checks` refuses to start
    the process with a view that declares nothing.
    """

    def decorate(view: View) -> View:
        @login_required
        @wraps(view)
        def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
            attore = attore_di(request, azione)
            if not has_chosen(request) and not prima_di_scegliere:
                return ask_for_whom(request)
            if elsewhere := _first(request, attore, azione, about_one=bool(kwargs)):
                return elsewhere
            try:
                return view(request, attore, *args, **kwargs)
            except Vietato as error:  # what the action wrote went back with it: the refusal is written here, once
                refuse(attore, error.azione or azione, casi=[error.caso] if error.caso else _cases_of(request))
                raise Http404 from error
            except Assente as error:  # whoever looked for it has said so already, or it is said here
                if not already_refused(attore):
                    refuse(attore, azione, casi=_cases_of(request))
                raise Http404 from error

        guarded.azione = azione  # type: ignore[attr-defined]
        return guarded

    return decorate


def _first(request: HttpRequest, attore: Attore, azione: Azione, *, about_one: bool) -> HttpResponseBase | None:
    """Where one goes before the page, if anywhere. Raises Http404 for who may not do `azione`."""
    if azione in RUOLI[attore.operatore.ruolo].azioni and policies.needs_confirming(attore, azione):
        return conferma_scaduta(request, ask_again(request))
    if not policies.allowed_by_role(attore, azione):
        refuse(attore, azione, casi=_cases_of(request))
        raise Http404
    if about_one and request.method == "POST" and (led := done_before(request.POST.get("chiave", ""), by=attore)):
        return redirect(led)
    return None


def pubblica(view: View) -> View:
    """`@pubblica`: for anybody, without an account. Such a view reads nothing of anybody, and gets no `Attore`."""

    @login_not_required
    @wraps(view)
    def open_to_all(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (Assente, Vietato) as error:
            raise Http404 from error

    open_to_all.pubblica = True  # type: ignore[attr-defined]
    return open_to_all


class Accesso(LoginRequiredMiddleware):
    """Django's, but a form sent after the session has ended is given back with what was typed in it."""

    def handle_no_permission(  # type: ignore[override]
        self, request: HttpRequest, view_func: View
    ) -> HttpResponseBase:
        if request.method == "POST" and hasattr(view_func, "azione"):
            return sessione_scaduta(request)
        return super().handle_no_permission(request, view_func)


def has_chosen(request: HttpRequest) -> bool:
    return request.operatore is not None  # type: ignore[attr-defined]


def choose(request: HttpRequest, tie: Operatore) -> None:
    """From now on, in every page of this browser; the forms that were open for the other body count no more."""
    if request.session.get(SCELTA) != tie.pk:
        request.session[SCELTA] = tie.pk
        rotate_token(request)


def _cases_of(request: HttpRequest) -> list[UUID]:
    """The case the address is about, if it is about one."""
    match = request.resolver_match
    return [match.kwargs["pk"]] if match and match.route.startswith("casi/<uuid:pk>/") else []


def attore_di(request: HttpRequest, azione: Azione) -> Attore:
    """Who acts: the tie chosen in this session, or the only one. Raises PermissionDenied, in writing, for who has none.

    Where nothing is chosen yet, or what was chosen is over, it is the first one and `has_chosen` says so: nobody goes
    on for another body unawares.
    """
    ties = list(with_emergencies(policies.ties_of(request.user.pk)))
    if not ties:
        shut_out(request, azione, _cases_of(request))
        raise PermissionDenied
    asked = request.session.get(SCELTA, ties[0].pk if len(ties) == 1 else None)
    found = next((tie for tie in ties if tie.pk == asked), None)
    chosen = found or ties[0]
    request.operatore, request.altri_enti = found, len(ties) > 1  # type: ignore[attr-defined]
    attore = Attore(
        operatore=chosen,
        sessione=fingerprint(request.session),
        indirizzo=client_address(request),
        secondo_fattore=has_passed(request),
        confermato=has_confirmed(request),
    )
    request.lettura = attore.richiesta  # type: ignore[attr-defined]
    return attore
