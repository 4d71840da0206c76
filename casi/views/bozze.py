"""Where the page sends what is being typed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from casi.actions import bozze
from casi.attore import Attore
from casi.ruoli import Azione
from casi.views.porta import dichiara

NOT_KEPT = frozenset({"csrfmiddlewaretoken", "chiave"})


@require_POST
@dichiara(Azione.ENTRARE)
def salva(request: HttpRequest, attore: Attore, modulo: str, oggetto: UUID | None = None) -> HttpResponse:
    """Keeps the draft; answers nothing."""
    dati = {name: texts for name, texts in request.POST.lists() if name not in NOT_KEPT}
    bozze.keep(by=attore, modulo=modulo, oggetto=oggetto, dati=dati)
    return HttpResponse(status=204)
