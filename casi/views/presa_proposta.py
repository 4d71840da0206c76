"""Answering no to another body's proposal."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casi.actions import presa_proposta as actions
from casi.attore import Attore
from casi.forms.ascolti import NonPresaForm
from casi.forms.base import Modulo
from casi.ruoli import Azione
from casi.selectors.ascolti import is_asked, open_ascolto
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.porta import dichiara


@require_http_methods(METODI)
@dichiara(Azione.APRIRE_CASO)
def non_prendere(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    riga = open_ascolto(attore, pk)
    if not is_asked(attore, riga):
        messages.warning(request, _("Non è una proposta di un altro ente: non c'è niente da rifiutare."))
        return redirect("casi:ascolto", pk)

    def do(form: Modulo) -> str:
        actions.non_prendere(by=attore, ascolto=pk, **form.campi)
        return reverse("casi:arrivi")

    page = Pagina(
        template="casi/ascolti/non_prendere.html",
        form=NonPresaForm,
        do=do,
        detto=_("Risposta inviata: chi ha fatto la proposta legge il motivo."),
        oggetto=pk,
        contesto={"ascolto": riga},
    )
    return gestisci(request, attore, page)
