"""Level 5 entries without a reader: who answers for the case asks, the coordinator decides."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casi.actions import affidamenti as actions
from casi.attore import Attore
from casi.forms.base import Modulo
from casi.forms.diario import DecisioneModulo, LettoreModulo
from casi.ruoli import Azione
from casi.selectors import affidamenti as selectors
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import contesto_di, mostra_caso
from casi.views.porta import dichiara


@require_safe
@dichiara(Azione.AFFIDARE_VOCI)
def elenco(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto, voci = selectors.elenco(attore, pk)
    return mostra_caso(request, "casi/diario/senza_lettori.html", aperto, {"righe": voci})


@require_http_methods(METODI)
@dichiara(Azione.AFFIDARE_VOCI)
def chiedi(request: HttpRequest, attore: Attore, pk: UUID, voce: UUID) -> HttpResponse:
    aperto, riga = selectors.una(attore, pk, voce)
    back = reverse("casi:senza_lettori", args=[pk])

    def ask(form: Modulo) -> str:
        actions.chiedi(by=attore, caso=pk, voce=voce, **form.campi)
        return back

    page = Pagina(
        template="casi/diario/affida.html",
        form=LettoreModulo,
        do=ask,
        detto=_("Chiesto: decide il coordinatore, senza leggerla."),
        argomenti={"nominabili": selectors.affidabili(aperto.caso)},
        contesto={**contesto_di(aperto), "voce": riga, "indietro": back},
    )
    return gestisci(request, attore, page)


@require_http_methods(METODI)
@dichiara(Azione.CONTROFIRMARE)
def decidi(request: HttpRequest, attore: Attore, pk: UUID, affidamento: UUID) -> HttpResponse:
    aperto, riga = selectors.da_decidere_su(attore, pk, affidamento)
    back = reverse("casi:assegnazioni")

    def decide(form: Modulo) -> str:
        actions.decidi(by=attore, caso=pk, affidamento=affidamento, concesso=form.campi["concesso"] == "si")
        return back

    page = Pagina(
        template="casi/assegnazioni_affidamento.html",
        form=DecisioneModulo,
        do=decide,
        detto=_("Deciso. Chi l'ha chiesto riceve un avviso."),
        contesto={"numero": aperto.caso.numero, "riga": riga, "annulla": back},
    )
    return gestisci(request, attore, page)
