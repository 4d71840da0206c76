"""Pages of ours around allauth's."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_not_required, login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from .secondo_fattore import has_passed


@require_safe
@login_required
def secondo_fattore(request: HttpRequest) -> HttpResponse:
    """Says why one more step is needed and leads to it; back to the page asked for once it is done."""
    asked = request.GET.get(REDIRECT_FIELD_NAME, "")
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    onward = asked if safe else settings.LOGIN_REDIRECT_URL
    if has_passed(request):
        return redirect(onward)
    context = {"attivato": is_mfa_enabled(request.user), "avanti": onward}
    return render(request, "utenti/secondo_fattore.html", context)


@login_not_required
def assente(request: HttpRequest, **kwargs: str) -> HttpResponse:
    """In place of allauth's pages that named accounts made by the desk do not have: sign-up, change of address."""
    raise Http404
