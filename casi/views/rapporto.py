"""The report of accesses, to print and hand over."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from casi.attore import Attore
from casi.forms.rapporto import LinguaModulo
from casi.ruoli import Azione
from casi.selectors.rapporto import DA_DESTRA, LINGUE, report
from casi.views.pagina import mostra_caso
from casi.views.porta import dichiara


@require_http_methods(["GET", "HEAD", "POST"])
@dichiara(Azione.ACCESSI_AL_CASO)
def accessi(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    """Who has seen the case, in the language asked for (Italian at first)."""
    modulo = LinguaModulo(request.POST if request.method == "POST" else {"lingua": "it"})
    lingua = modulo.cleaned_data["lingua"] if modulo.is_valid() else "it"
    aperto, elenco = report(attore, pk, lingua)
    context: dict[str, object] = {
        "accessi": elenco,
        "lingua": lingua,
        "verso": "rtl" if lingua in DA_DESTRA else "ltr",
        "lingue": LINGUE.items(),
        "adesso": timezone.now(),
    }
    return mostra_caso(request, "casi/rapporto.html", aperto, context)
