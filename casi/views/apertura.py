"""Opening a case from what has arrived."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casi.actions import apertura as actions
from casi.attore import Attore
from casi.forms.base import Modulo
from casi.forms.persone import AperturaForm
from casi.ruoli import Azione
from casi.selectors import apertura as selectors
from casi.selectors.arrivi import nomi_dei_bisogni
from casi.selectors.pubblico import comuni
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import altrove
from casi.views.porta import dichiara


@require_http_methods(METODI)
@dichiara(Azione.APRIRE_CASO)
def apri(request: HttpRequest, attore: Attore, tipo: str, pk: UUID) -> HttpResponse:
    fonte = selectors.open_fonte(attore, tipo, pk)
    if elsewhere := altrove(request, actions.perche_no(attore, fonte.riga), reverse(f"casi:{tipo}", args=[pk])):
        return elsewhere

    def do(form: Modulo) -> str:
        caso = actions.apri(by=attore, tipo=tipo, fonte=pk, **form.campi)
        return reverse("casi:scheda", args=[caso.pk])

    page = Pagina(
        template="casi/persone/apri.html",
        form=AperturaForm,
        do=do,
        detto=_("Caso aperto: ne sei responsabile."),
        oggetto=pk,
        initial=fonte.noto,
        argomenti={"attore": attore, "comuni": comuni()},
        contesto={
            "bisogni": nomi_dei_bisogni(selectors.bisogni_di(fonte)),
            "segnalazione": fonte.segnalazione,
            "aggiungi": reverse("casi:ascolto_aggiungi", args=[pk]) if tipo == "ascolto" else "",
        },
    )
    return gestisci(request, attore, page)
