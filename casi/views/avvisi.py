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
    """The one named by the button, or all of them."""
    text = request.POST.get("avviso", "")
    if text and not (text.isdecimal() and len(text) < 19):
        return redirect("casi:lavoro")
    mark_read(by=attore, avviso=int(text) if text else None)
    return redirect("casi:lavoro")
