"""A person's copy of her data: chosen, made, handed over at once, kept nowhere."""

from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_http_methods

from casi.attore import Attore
from casi.estratto import archive
from casi.forms.estratto import EstrattoModulo
from casi.ruoli import Azione
from casi.selectors.estratto import Chiesto, Scelta, prepare
from casi.views.modulo import METODI, sent_or_opened
from casi.views.pagina import mostra_caso
from casi.views.porta import dichiara
from casi.views.stati import UNPROCESSABLE


@require_http_methods(METODI)
@dichiara(Azione.ESTRARRE)
def estratto(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponseBase:
    """GET: what can go in. POST: the archive."""

    def ask(scelta: Scelta) -> Chiesto | None:
        return EstrattoModulo(request.POST, scelta=scelta).asked() if request.method == "POST" else None

    scelta, made = prepare(attore, pk, ask)
    if made is not None:
        name = f"estratto-{made.caso.numero}.zip"
        return FileResponse(archive(made), as_attachment=True, filename=name)
    modulo = sent_or_opened(request, EstrattoModulo, scelta=scelta)
    context: dict[str, object] = {"modulo": modulo, "persone": scelta.persone, "pericolo": scelta.pericolo}
    status = UNPROCESSABLE if modulo.errors else 200
    return mostra_caso(request, "casi/estratto.html", scelta.aperto, context, status=status)
