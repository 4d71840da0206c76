"""Helping an accredited person back in, from «Rete»."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casi.actions import ripristino as actions
from casi.attore import Attore
from casi.forms import accredito as forms
from casi.forms.base import Modulo
from casi.ruoli import Azione
from casi.selectors import accredito as selectors
from casi.views.accredito import desk_page
from casi.views.modulo import METODI, gestisci
from casi.views.porta import dichiara


@require_http_methods(METODI)
@dichiara(Azione.RIPRISTINARE_ACCESSO)
def fattore(request: HttpRequest, attore: Attore, pk: int) -> HttpResponse:
    legame = selectors.legame(attore, pk)

    def do(modulo: Modulo) -> None:
        actions.reset_second_factor(by=attore, legame=legame, **modulo.campi)

    why = _(
        "Esce subito da ogni dispositivo. Entra con la sua password e prepara un nuovo secondo fattore. La avvisiamo."
    )
    page = desk_page(
        forms.RipristinoModulo, do, _("Azzera il secondo fattore"), _("Fatto: prepara il nuovo al prossimo accesso."),
        contesto={"di": f"{legame.utente} · {legame.ente.nome}", "spiega": why},
    )  # fmt: skip
    return gestisci(request, attore, page)


@require_http_methods(METODI)
@dichiara(Azione.RIPRISTINARE_ACCESSO)
def email(request: HttpRequest, attore: Attore, pk: int) -> HttpResponse:
    legame = selectors.legame(attore, pk)

    def do(modulo: Modulo) -> None:
        actions.change_email(by=attore, legame=legame, **modulo.campi)

    why = _("Esce subito da ovunque. L'invito va al nuovo indirizzo, un avviso al vecchio; il secondo fattore resta.")
    page = desk_page(
        forms.EmailModulo, do, _("Cambia l'e-mail"), _("Fatto: l'invito è partito per il nuovo indirizzo."),
        contesto={"di": f"{legame.utente} · {legame.ente.nome}", "adesso": legame.utente.email, "spiega": why},
    )  # fmt: skip
    return gestisci(request, attore, page)
