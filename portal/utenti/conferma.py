"""Asking again who somebody is, before what weighs most: sharing, exporting, opening in an emergency."""

from datetime import timedelta

from allauth.account.adapter import get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from .oidc.forza import has_passed_there, recognised_at
from .oidc.strada import there_again
from .ritorno import onward, then
from .secondo_fattore import PERSONA_MARK

LASTS = timedelta(minutes=10)
DEMO_MARK = "conferma_demo"


def has_confirmed(request: HttpRequest) -> bool:
    """Whether a second factor was shown in the last ten minutes; a persona of the demo says so with a click."""
    since = (timezone.now() - LASTS).timestamp()
    if _is_persona(request):
        return float(request.session.get(DEMO_MARK, 0)) >= since
    if recognised_at(request) >= since:
        return True
    records = get_authentication_records(request, request.user)
    return any(record.get("method") == "mfa" and record["at"] >= since for record in records)


def ask_again(request: HttpRequest) -> HttpResponse:
    """To the page that asks, and back here afterwards."""
    return HttpResponseRedirect(then(reverse("conferma"), request.get_full_path()))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def conferma(request: HttpRequest) -> HttpResponse:
    """To allauth's page for one's own second factor and back; a persona of the demo, who has none, clicks here."""
    if has_confirmed(request):
        return redirect(onward(request))
    if not _is_persona(request):
        return redirect(then(_where_to_show_a_factor(request), onward(request)))
    if request.method == "POST":
        request.session[DEMO_MARK] = timezone.now().timestamp()
        return redirect(onward(request))
    return render(request, "utenti/conferma.html", {"avanti": onward(request)})


def _is_persona(request: HttpRequest) -> bool:
    return bool(settings.DEMO and request.session.get(PERSONA_MARK))


def _where_to_show_a_factor(request: HttpRequest) -> str:
    """Who has no factor here but showed one to the gateway goes there again, or sets one up if it tells no time."""
    if not is_mfa_enabled(request.user):
        if not has_passed_there(request):
            return reverse("secondo_fattore")
        return reverse("mfa_activate_totp") if not recognised_at(request) else there_again()
    return get_adapter(request).get_reauthentication_methods(request.user)[0]["url"]
