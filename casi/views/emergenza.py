"""Break-glass: declaring an emergency on a case, and ending it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from casi.actions import emergenza
from casi.attore import Attore
from casi.errori import Impossibile
from casi.forms.emergenza import EmergenzaModulo
from casi.ruoli import Azione
from casi.selectors.emergenza import of_the_person
from casi.views.modulo import METODI, sent_or_opened
from casi.views.pagina import mostra
from casi.views.porta import dichiara
from casi.views.stati import UNPROCESSABLE

# One sentence for no such case, a seal, a conflict of interest.
NESSUN_CASO = gettext_lazy(
    "Con questi dati non c'è un caso che tu possa aprire in emergenza. Se serve aiuto adesso, telefona al servizio."
)


@require_http_methods(METODI)
@dichiara(Azione.APRIRE_IN_EMERGENZA)
def apri(request: HttpRequest, attore: Attore) -> HttpResponse:
    """Sent twice it opens once: the second time finds the access of the first. A refusal stays in the register."""
    form = sent_or_opened(request, EmergenzaModulo)
    if form.is_valid() and (answer := _open(request, attore, form)):
        return answer
    status = UNPROCESSABLE if form.errors else 200
    contesto = {"modulo": form, "aperte": of_the_person(attore.operatore)}
    return mostra(request, "casi/emergenza/apri.html", contesto, status=status)


@require_POST
@dichiara(Azione.ENTRARE)
def chiudi(request: HttpRequest, attore: Attore, accesso: UUID) -> HttpResponse:
    """Ending asks for no second factor: it takes away, it gives nothing."""
    ended = emergenza.close(by=attore, accesso=accesso)
    messages.success(request, _("Accesso in emergenza chiuso.") if ended else _("Era già finito."))
    return redirect("casi:lavoro")


def _open(request: HttpRequest, attore: Attore, form: EmergenzaModulo) -> HttpResponse | None:
    data = form.cleaned_data
    try:
        accesso = emergenza.open_case(
            by=attore,
            codice_motivo=data["codice_motivo"],
            motivo=data["motivo"],
            numero=data["numero"],
            identita=form.identita,
        )
    except Impossibile as error:
        form.add_error(None, str(error))
        return None
    if accesso is None:
        form.add_error(None, NESSUN_CASO)
        return None
    return redirect("casi:scheda", pk=accesso.caso_id)
