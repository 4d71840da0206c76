"""`/cerca/` and what its box suggests while one types."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from search import query
from search.conteggio import Esito, conta
from search.modulo import leggi
from search.pagina import contesto, rispondi
from search.parole import normalizza
from search.tipi import Genere

LUNGHEZZA_MINIMA = 2  # letters before anything is suggested
SUGGERITI = 8
GENERI = {
    Genere.SERVIZIO: _("Servizio"),
    Genere.ENTE: _("Ente"),
    Genere.LUOGO: _("Luogo"),
    Genere.NOTIZIA: _("Notizia"),
    Genere.PAGINA: _("Pagina"),
    Genere.DOCUMENTO: _("Documento"),
    "bisogno": _("Bisogno"),
    "comune": _("Comune"),
}


@require_safe
def cerca(request: HttpRequest) -> HttpResponse:
    """Results for the address asked; only their part of the page for htmx."""
    lingua = get_language()
    richiesta, risultati = rispondi(leggi(request.GET), lingua)
    if richiesta.pagina == 1:
        found = 0 if risultati.simili else risultati.totale
        conta(request, richiesta.testo, Esito(found, tuple(f"{name}={value}" for name, value in richiesta.scelte)))
    template = "search/_corpo.html" if getattr(request, "htmx", False) else "search/cerca.html"
    return render(request, template, contesto(richiesta, risultati, lingua))


@require_safe
def suggerimenti(request: HttpRequest) -> JsonResponse:
    """What one may mean by the letters typed so far, with the sentence that a screen reader says of it."""
    testo = normalizza(request.GET.get("q", ""))
    found = []
    if len(testo) >= LUNGHEZZA_MINIMA:
        found = query.suggerisci(testo, lingua=get_language(), massimo=SUGGERITI)
    rows = [
        {"testo": each.testo, "genere": each.genere, "nome": str(GENERI.get(each.genere, "")), "url": each.url}
        for each in found
    ]
    said = ngettext("%(n)s suggerimento", "%(n)s suggerimenti", len(rows)) % {"n": len(rows)}
    response = JsonResponse({"suggerimenti": rows, "annuncio": said})
    patch_cache_control(response, private=True, max_age=60)
    return response
