"""What is handed over on paper, in the person's language: who has seen a case; of what is no case, a copy too."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from casi.attore import Attore
from casi.errori import Impossibile
from casi.forms.rapporto import LinguaModulo
from casi.lingue import verso
from casi.ruoli import Azione
from casi.selectors import rapporto_arrivi
from casi.selectors.rapporto import LINGUE, report
from casi.views.modulo import METODI
from casi.views.pagina import mostra, mostra_caso
from casi.views.porta import dichiara


@require_http_methods(METODI)
@dichiara(Azione.ACCESSI_AL_CASO)
def accessi(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    """GET: who has seen the case, for who works on it. POST: the sheet to hand over, in the language asked for."""
    modulo = _modulo(request)
    aperto, foglio = report(attore, pk, modulo.scelta, modulo.per, modulo.nominati)
    proposta = modulo.scelta or foglio.sua
    context = {**_foglio(foglio.lingua), "foglio": foglio, "pronto": bool(modulo.scelta), "proposta": proposta}
    return mostra_caso(request, "casi/rapporto.html", aperto, context)


@require_http_methods(METODI)
@dichiara(Azione.GESTIRE_ARRIVI)
def dell_arrivo(request: HttpRequest, attore: Attore, tipo: str, pk: UUID) -> HttpResponse:
    """Of a request or an alert that is no case."""
    return _handed(request, attore, pk, partial(rapporto_arrivi.open_arrivo, tipo=tipo), f"casi:{tipo}")


@require_http_methods(METODI)
@dichiara(Azione.SCRIVERE_ASCOLTO)
def dell_ascolto(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    """Of a conversation that is no case."""
    return _handed(request, attore, pk, rapporto_arrivi.open_ascolto, "casi:ascolto")


def _handed(
    request: HttpRequest, attore: Attore, pk: UUID, opens: Callable[..., rapporto_arrivi.Aperta], page: str
) -> HttpResponse:
    """Back to its `page`, with the reason, where there is none to hand over."""
    modulo, back = _modulo(request), reverse(page, args=[pk])
    try:
        aperta = opens(attore, pk=pk, lingua=modulo.scelta)
    except Impossibile as error:
        messages.warning(request, str(error))
        return redirect(back)
    with override(aperta.lingua):
        chosen = {"racconto": modulo.con_racconto, "contatto_sicuro": modulo.con_contatto_sicuro}
        foglio = rapporto_arrivi.sheet(attore, aperta.riga, **chosen)
    more = {"foglio": foglio, "accessi": foglio.accessi, "modulo": modulo, "indietro": back}
    return mostra(request, "casi/rapporto_senza_caso.html", {**_foglio(aperta.lingua), **more})


def _modulo(request: HttpRequest) -> LinguaModulo:
    return LinguaModulo(request.POST if request.method == "POST" else None)


def _foglio(lingua: str) -> dict[str, Any]:
    """What every such page says."""
    return {
        "lingua": lingua,
        "verso": verso(lingua),
        "lingue": LINGUE.items(),
        "adesso": timezone.now(),
    }
