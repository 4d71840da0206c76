"""Pages of ours around allauth's."""

from allauth.account.views import password_reset_from_key
from allauth.mfa.utils import is_mfa_enabled
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from .ritorno import onward
from .secondo_fattore import has_passed


@require_safe
@login_required
def secondo_fattore(request: HttpRequest) -> HttpResponse:
    """Says why one more step is needed and leads to it; back to the page asked for once it is done."""
    if has_passed(request):
        return redirect(onward(request))
    context = {"attivato": is_mfa_enabled(request.user), "avanti": onward(request)}
    return render(request, "utenti/secondo_fattore.html", context)


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
