"""The list of cases and the page of one."""

from urllib.parse import urlencode
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from casi.attore import Attore
from casi.forms.elenco import filtri_da
from casi.ruoli import Azione
from casi.selectors.casi import STATI, Filtri, elenco_casi, open_caso
from casi.selectors.fra_i_miei import fra_i_miei
from casi.selectors.sintesi import sintesi
from casi.views.modulo import METODI
from casi.views.pagina import mostra, mostra_caso
from casi.views.porta import dichiara
from casi.views.scaduta import sent_too_late

CERCATO = 100  # signs of what is looked for


@require_http_methods(METODI)
@dichiara(Azione.ELENCARE_CASI)
def elenco(request: HttpRequest, attore: Attore) -> HttpResponse:
    """A name is looked for by POST: it is never in an address; filters alone are, and the list goes on from page to
    page."""
    cercato = request.POST.get("cerca", "").strip()[:CERCATO]
    filtri = filtri_da(request.POST if request.method == "POST" else request.GET)
    kept = _in_address(filtri)
    if request.method == "POST" and not cercato:
        return redirect(reverse("casi:elenco", query=kept))
    found = fra_i_miei(attore, cercato, filtri) if cercato else elenco_casi(attore, filtri)
    late = sent_too_late(request).get("cerca", [""])[-1]
    return mostra(
        request,
        "casi/elenco.html",
        {"elenco": found, "stati": STATI, "filtro": urlencode(kept), "scritto": cercato or late},
    )


def _in_address(filtri: Filtri) -> dict[str, str | int]:
    state: dict[str, str | int] = {"stato": filtri.stato} if filtri.stato else {}
    return state | {name: 1 for name in ("urgenti", "in_ritardo") if getattr(filtri, name)}


@require_safe
@dichiara(Azione.VEDERE_CASO)
def scheda(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto = open_caso(attore, pk, Azione.VEDERE_CASO)
    return mostra_caso(request, "casi/scheda.html", aperto, {"sintesi": sintesi(attore, aperto), "fatti": aperto.fatti})
