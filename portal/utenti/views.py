"""Pages of ours around allauth's."""

from collections.abc import Callable
from functools import wraps

from allauth.account.views import password_reset_from_key
from allauth.mfa.base.views import AuthenticateView
from allauth.mfa.totp.views import activate_totp
from allauth.mfa.utils import is_mfa_enabled
from allauth.mfa.webauthn.views import AddWebAuthnView, LoginWebAuthnView, ReauthenticateWebAuthnView
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from .chiavi import AggiungiChiave, ConfermaConChiave, EntraConChiave, PassaConChiave
from .conferma import ask_again, has_confirmed
from .dove import end_others, sessions_of
from .oidc.strada import gateway, there_again
from .processi import in_riservato
from .ritorno import onward, then
from .secondo_fattore import has_passed, is_held_by_the_gateway


@require_safe
@login_required
def secondo_fattore(request: HttpRequest) -> HttpResponse:
    """Says why one more step is needed and leads to it; back to the page asked for once it is done."""
    if has_passed(request):
        return redirect(onward(request))
    there = gateway() if is_held_by_the_gateway(request) else None
    context = {
        "attivato": is_mfa_enabled(request.user),
        "avanti": onward(request),
        "identita": {**there, "url": then(there_again(), onward(request))} if there else None,
    }
    return render(request, "utenti/secondo_fattore.html", context)


def _in_its_own_right(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Allauth's page that adds a factor, for who may: whose factor is at the gateway shows that one first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if is_held_by_the_gateway(request):
            return redirect(then(reverse("secondo_fattore"), onward(request)))
        return view(request, *args, **kwargs)

    return guarded


aggiungi_codice = _in_its_own_right(activate_totp)
aggiungi_chiave = _in_its_own_right(AddWebAuthnView.as_view(form_class=AggiungiChiave))
entra_con_chiave = LoginWebAuthnView.as_view(form_class=EntraConChiave)
passa = AuthenticateView.as_view(webauthn_form_class=PassaConChiave)
conferma_con_chiave = ReauthenticateWebAuthnView.as_view(form_class=ConfermaConChiave)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def dove(request: HttpRequest) -> HttpResponse:
    """The sessions of who asks; ending them wants the second factor again. The public process reads none of them."""
    if not in_riservato():
        raise Http404
    if not has_passed(request):
        return redirect(then(reverse("secondo_fattore"), request.path))
    if request.method == "POST":
        if not has_confirmed(request):
            return ask_again(request)
        end_others(request)
        messages.success(request, _("Le altre sessioni sono chiuse."))
        return redirect("sessioni")
    sessions = sessions_of(request)
    return render(request, "utenti/sessioni.html", {"sessioni": sessions, "altre": len(sessions) > 1})


@login_not_required
def assente(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """In place of allauth's pages that named accounts made by the desk do not have: sign-up, change of address."""
    raise Http404


@login_not_required
def nuova_password(request: HttpRequest, uidb36: str, key: str) -> HttpResponse:
    """Allauth's page, which passes the key through the session: from a mail read in the browser, which is another site,
    our Strict cookie would not come along, so the page calls itself once from here.
    """
    if request.method == "GET" and request.headers.get("Sec-Fetch-Site") == "cross-site":
        return render(request, "socialaccount/login_redirect.html", {"redirect_to": request.get_full_path()})
    return password_reset_from_key(request, uidb36=uidb36, key=key)
