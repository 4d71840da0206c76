"""Emergencies, looked back at by the privacy officer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casi.actions.emergenze_esame import review
from casi.attore import Attore
from casi.forms.base import Modulo
from casi.forms.emergenze_esame import EsameModulo
from casi.ruoli import Azione
from casi.selectors.emergenze_esame import open_emergenza, overview
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import mostra
from casi.views.porta import dichiara


@require_safe
@dichiara(Azione.ESAMINARE_EMERGENZE)
def emergenze(request: HttpRequest, attore: Attore) -> HttpResponse:
    context: dict[str, object] = {"quadro": overview(attore), "oggi": timezone.localdate()}
    return mostra(request, "casi/registro_emergenze.html", context)


@require_http_methods(METODI)
@dichiara(Azione.ESAMINARE_EMERGENZE)
def esame(request: HttpRequest, attore: Attore, emergenza: UUID) -> HttpResponse:
    found, intanto = open_emergenza(attore, emergenza, _line(request.GET.get("dopo", "")))

    def do(modulo: Modulo) -> str:
        review(by=attore, emergenza=emergenza, **modulo.campi)
        return reverse("casi:emergenze")

    mine = found.operatore.utente_id == attore.operatore.utente_id
    pagina = Pagina(
        template="casi/registro_emergenza.html",
        form=EsameModulo,
        do=do,
        detto=_("Esame salvato."),
        contesto={"emergenza": found, "intanto": intanto, "sua": mine, "oggi": timezone.localdate()},
    )
    return gestisci(request, attore, pagina)


def _line(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 19 else 0
