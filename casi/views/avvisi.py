"""Putting notices away."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from casi.actions.avvisi_letti import mark_read
from casi.attore import Attore
from casi.ruoli import Azione
from casi.views.porta import dichiara


@require_POST
@dichiara(Azione.ENTRARE)
def letti(request: HttpRequest, attore: Attore) -> HttpResponse:
    """The one named by the button, or all that the page showed: none of those that came since."""
    keys = request.POST.getlist("avviso") or request.POST.getlist("mostrato")
    mark_read(by=attore, avvisi=[int(key) for key in keys if key.isdecimal() and len(key) < 19])
    return redirect("casi:lavoro")
