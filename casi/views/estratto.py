"""A person's copy of her data: chosen, made, handed over at once, kept nowhere."""

from uuid import UUID

from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.translation import override
from django.views.decorators.http import require_http_methods

from casi.attore import Attore
from casi.estratto import archive
from casi.forms.estratto import EstrattoModulo
from casi.ruoli import Azione
from casi.selectors.estratto import choices, extract
from casi.views.modulo import METODI
from casi.views.pagina import mostra_caso
from casi.views.porta import dichiara
from casi.views.stati import UNPROCESSABLE


@require_http_methods(METODI)
@dichiara(Azione.ESTRARRE)
def estratto(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponseBase:
    """GET: what can go in. POST: the archive."""
    scelta = choices(attore, pk)
    modulo = EstrattoModulo(request.POST if request.method == "POST" else None, scelta=scelta)
    if not modulo.is_bound or not modulo.is_valid():
        context: dict[str, object] = {"modulo": modulo, "persone": scelta.persone}
        status = UNPROCESSABLE if modulo.errors else 200
        return mostra_caso(request, "casi/estratto.html", scelta.aperto, context, status=status)
    asked = modulo.cleaned_data
    with override(asked["lingua"]):
        texts = map(UUID, asked["racconti"] + asked["voci"] + asked["aree"])
        made = extract(attore, pk, persona=UUID(asked["persona"]), testi=texts)
        name = f"estratto-{made.caso.numero}.zip"
        return FileResponse(archive(made, asked["lingua"]), as_attachment=True, filename=name)
