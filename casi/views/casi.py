"""The list of cases and the page of one."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from casi.attore import Attore
from casi.ruoli import Azione
from casi.selectors.casi import elenco_casi, open_caso
from casi.views.pagina import mostra, mostra_caso
from casi.views.porta import dichiara


@require_safe
@dichiara(Azione.ELENCARE_CASI)
def elenco(request: HttpRequest, attore: Attore) -> HttpResponse:
    return mostra(request, "casi/elenco.html", {"elenco": elenco_casi(attore)})


@require_safe
@dichiara(Azione.VEDERE_CASO)
def scheda(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto = open_caso(attore, pk, Azione.VEDERE_CASO)
    return mostra_caso(request, "casi/scheda.html", aperto)
