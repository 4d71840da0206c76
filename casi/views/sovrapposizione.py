"""The overlap check: one question about one household, one of three answers."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from casi.attore import Attore
from casi.errori import Impossibile
from casi.forms.sovrapposizione import SovrapposizioneModulo
from casi.ruoli import Azione
from casi.selectors import sovrapposizione
from casi.views.modulo import METODI, sent_or_opened
from casi.views.pagina import mostra
from casi.views.porta import dichiara
from casi.views.stati import UNPROCESSABLE


@require_http_methods(METODI)
@dichiara(Azione.VERIFICARE_SOVRAPPOSIZIONE)
def verifica(request: HttpRequest, attore: Attore) -> HttpResponse:
    form = sent_or_opened(request, SovrapposizioneModulo)
    context: dict[str, object] = {"modulo": form, "risposta": None}
    if form.is_valid():
        try:
            context["risposta"] = sovrapposizione.verifica(attore, form.domanda)
        except Impossibile as error:
            form.add_error(None, str(error))
    status = UNPROCESSABLE if form.errors else 200
    return mostra(request, "casi/ricerca/sovrapposizioni.html", context, status=status)
