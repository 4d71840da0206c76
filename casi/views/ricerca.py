"""The case search: exact data and a purpose, by POST alone, so that nothing of a person is in an address."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods

from casi.attore import Attore
from casi.errori import Impossibile
from casi.forms.ricerca import RicercaModulo
from casi.ruoli import Azione
from casi.selectors import ricerca
from casi.views.modulo import METODI, sent_or_opened
from casi.views.pagina import mostra
from casi.views.porta import dichiara
from casi.views.stati import UNPROCESSABLE

TEMPLATE = "casi/ricerca/cerca.html"


@require_http_methods(METODI)
@dichiara(Azione.CERCARE)
def cerca(request: HttpRequest, attore: Attore) -> HttpResponse:
    form = sent_or_opened(request, RicercaModulo)
    context = {"modulo": form, "cercato": False, "trovati": (), "a_chi": ricerca.DIRE_A_CHI_RIVOLGERSI}
    if form.is_valid():
        try:
            found = ricerca.cerca(attore, form.identita, form.cleaned_data["scopo"])
            context |= {"cercato": True, "trovati": found}
        except Impossibile as error:
            form.add_error(None, str(error))
    return mostra(request, TEMPLATE, context, status=UNPROCESSABLE if form.errors else 200)
