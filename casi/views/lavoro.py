"""The first page of the area, and the choice of the body one acts for."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casi import policies
from casi.attore import Attore
from casi.ruoli import Azione
from casi.selectors.lavoro import lavoro as lavoro_di
from casi.views.modulo import METODI
from casi.views.pagina import mostra
from casi.views.porta import choose, dichiara, has_chosen
from portal.utenti.ritorno import onward


@require_safe
@dichiara(Azione.ENTRARE)
def lavoro(request: HttpRequest, attore: Attore) -> HttpResponse:
    found = lavoro_di(attore)
    context = {
        "lavoro": found,
        "miei": [
            (mio, mio.passo and reverse(f"casi:passo_{mio.passo}", args=[mio.riga.caso.pk])) for mio in found.miei
        ],
    }
    return mostra(request, "casi/lavoro.html", context)


@require_http_methods(METODI)
@dichiara(Azione.ENTRARE, prima_di_scegliere=True)
def scelta_ente(request: HttpRequest, attore: Attore) -> HttpResponse:
    """Who works for several bodies says for which one he acts now, and goes on to where he was going."""
    ties = policies.ties_of(request.user.pk)
    if request.method == "POST":
        choose(request, get_object_or_404(ties, pk=_number(request.POST.get("operatore"))))
        return redirect(onward(request))
    chosen = attore.operatore if has_chosen(request) else None
    return mostra(request, "casi/scelta_ente.html", {"legami": ties, "attuale": chosen, "avanti": onward(request)})


def _number(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 19 else 0
