"""Hiding a thing of a case, and showing it again."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casi.actions import oscuramenti as azioni_oscuramenti
from casi.attore import Attore
from casi.forms.base import Modulo
from casi.forms.diario import MostraModulo, OscuraModulo
from casi.ruoli import Azione
from casi.selectors.oscuramenti import NASCONDIBILI, nascosti, oscurabile
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import contesto_di, mostra_caso
from casi.views.porta import dichiara


@require_safe
@dichiara(Azione.SCRIVERE_DIARIO)
def elenco(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto, found = nascosti(attore, pk)
    return mostra_caso(request, "casi/diario/nascosti.html", aperto, {"nascosti": found})


@require_http_methods(METODI)
@dichiara(Azione.OSCURARE)
def nascondi(request: HttpRequest, attore: Attore, pk: UUID, cosa: str, oggetto: UUID) -> HttpResponse:
    if cosa not in NASCONDIBILI:
        raise Http404
    aperto, found = oscurabile(attore, pk, cosa, oggetto)
    back = reverse("casi:nascosti", args=[pk])

    def hide(form: Modulo) -> str:
        azioni_oscuramenti.hide(by=attore, caso=pk, cosa=cosa, pk=oggetto, **form.campi)
        return back

    page = Pagina(
        template="casi/diario/nascondi.html",
        form=OscuraModulo,
        do=hide,
        detto=_("Ora non lo vede più nessuno, tranne chi l'ha scritto."),
        contesto={
            **contesto_di(aperto),
            "cosa": found,
            "mia": found.scritto_da == attore.operatore,
            "indietro": reverse("casi:scheda", args=[pk]),
        },
    )
    return gestisci(request, attore, page)


@require_http_methods(METODI)
@dichiara(Azione.SCRIVERE_DIARIO)
def mostra(request: HttpRequest, attore: Attore, pk: UUID, oscuramento: UUID) -> HttpResponse:
    aperto, found = nascosti(attore, pk, oscuramento)
    back = reverse("casi:nascosti", args=[pk])

    def unhide(form: Modulo) -> str:
        azioni_oscuramenti.unhide(by=attore, caso=pk, oscuramento=oscuramento)
        return back

    page = Pagina(
        template="casi/diario/mostra.html",
        form=MostraModulo,
        do=unhide,
        detto=_("Di nuovo visibile."),
        contesto={**contesto_di(aperto), "nascosto": found[0], "indietro": back},
    )
    return gestisci(request, attore, page)
