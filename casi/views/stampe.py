"""Where a page says that it is being printed."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from casi.actions.stampe import printed
from casi.attore import Attore
from casi.ruoli import Azione
from casi.views.porta import dichiara


@require_POST
@dichiara(Azione.STAMPARE)
def stampa(request: HttpRequest, attore: Attore, lettura: UUID) -> HttpResponse:
    """Answers nothing, whether or not `lettura` is a reading of his."""
    printed(by=attore, lettura=lettura)
    return HttpResponse(status=204)
