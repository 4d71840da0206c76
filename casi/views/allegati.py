"""The files of a case: their list, adding one, handing one out."""

import logging
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casi.actions.allegati import attach
from casi.attore import Attore
from casi.forms.allegati import AllegatoModulo
from casi.forms.base import Modulo
from casi.ruoli import Azione
from casi.selectors import allegati as letture
from casi.selectors.casi import open_caso
from casi.storage import FileGuastoError
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import contesto_di, mostra, mostra_caso
from casi.views.porta import dichiara

# A file may be anything inside: whatever opens it gets no script, no origin and no neighbour (security.md §3).
INERT = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store, private",
}
logger = logging.getLogger(__name__)


@require_safe
@dichiara(Azione.DIARIO_PROPRIO)
def elenco(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto, found = letture.allegati(attore, pk, request.GET.get("pagina", "1"))
    return mostra_caso(request, "casi/allegati/elenco.html", aperto, {"allegati": found})


@require_http_methods(METODI)
@dichiara(Azione.SCRIVERE_DIARIO)
def aggiungi(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto = open_caso(attore, pk, Azione.SCRIVERE_DIARIO)
    back = reverse("casi:allegati", args=[pk])

    def add(form: Modulo) -> str:
        file = form.campi["file"]
        rest = {name: value for name, value in form.campi.items() if name != "file"}
        attach(by=attore, caso=pk, nome=file.name, contenuto=file.open().read(), **rest)
        return back

    page = Pagina(
        template="casi/allegati/aggiungi.html",
        form=AllegatoModulo,
        do=add,
        detto=_("Il file è al sicuro."),
        argomenti={"note": Azione.SCRIVERE_NOTE in aperto.azioni},
        contesto={**contesto_di(aperto), "indietro": back},
    )
    return gestisci(request, attore, page)


@require_safe
@dichiara(Azione.DIARIO_PROPRIO)
def scarica(request: HttpRequest, attore: Attore, pk: UUID, allegato: UUID) -> HttpResponseBase:
    try:
        found = letture.scarica(attore, pk, allegato)
    except FileGuastoError:
        logger.error("L'allegato %s manca dal disco, o è stato alterato", allegato)
        return mostra(
            request, "casi/allegati/guasto.html", {"indietro": reverse("casi:allegati", args=[pk])}, status=503
        )
    response = StreamingHttpResponse(found.contenuto, content_type=found.riga.tipo, headers=INERT)
    response["Content-Disposition"] = content_disposition_header(True, found.riga.nome)
    response["Content-Length"] = str(found.riga.dimensione)
    return response
