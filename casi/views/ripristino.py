"""Helping an accredited person back in, from «Rete»."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casi.actions import ripristino as actions
from casi.attore import Attore
from casi.forms import accredito as forms
from casi.forms.base import Modulo
from casi.ruoli import Azione
from casi.selectors import accredito as selectors
from casi.selectors import ripristini as letture
from casi.views.accredito import desk_page
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import mostra
from casi.views.porta import dichiara


@require_http_methods(METODI)
@dichiara(Azione.RIPRISTINARE_ACCESSO)
def fattore(request: HttpRequest, attore: Attore, pk: int) -> HttpResponse:
    legame = selectors.legame(attore, pk)

    def do(modulo: Modulo) -> None:
        actions.propose_reset(by=attore, legame=legame, **modulo.campi)

    others = [str(each.utente) for each in letture.may_confirm(attore, about=[legame.utente_id])]
    why = _(
        "Tu lo proponi, un'altra persona lo conferma entro 24 ore; adesso può farlo: %(chi)s. La persona riceve subito "
        "un'e-mail. Quando è confermato esce da ogni dispositivo, entra con la sua password e prepara un nuovo secondo "
        "fattore."
    ) % {"chi": ", ".join(others)}
    alone = _(
        "Adesso nessuno può confermarlo: serve un'altra persona che coordini con te o sia responsabile della privacy, "
        "con quel ruolo e quella e-mail da almeno trenta giorni. Intanto lo fa chi gestisce il server, con un comando: "
        "la persona e voi ricevete un'e-mail prima e dopo."
    )
    told = _("Proposto. Avvisa tu chi lo deve confermare: lo trova in «Conferme».")
    page = desk_page(
        forms.RipristinoModulo, do, _("Proponi di azzerare il secondo fattore"), told,
        contesto={"di": f"{legame.utente} · {legame.ente.nome}", "spiega": why if others else alone},
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
        forms.EmailModulo, do, _("Cambia l'e-mail"), _("Fatto: l'invito va al nuovo indirizzo."),
        contesto={"di": f"{legame.utente} · {legame.ente.nome}", "adesso": legame.utente.email, "spiega": why},
    )  # fmt: skip
    return gestisci(request, attore, page)


@require_safe
@dichiara(Azione.CONFERMARE_RIPRISTINO)
def conferme(request: HttpRequest, attore: Attore) -> HttpResponse:
    return mostra(request, "casi/accredito/conferme.html", {"ripristini": letture.ripristini(attore)})


@require_http_methods(METODI)
@dichiara(Azione.CONFERMARE_RIPRISTINO)
def conferma(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    riga = letture.ripristino(attore, pk)

    def do(modulo: Modulo) -> str:
        actions.confirm_reset(by=attore, ripristino=riga, **modulo.campi)
        return reverse("casi:conferme")

    page = Pagina(
        "casi/accredito/conferma.html",
        forms.RiconosciutaModulo,
        do,
        _("Confermato: prepara il nuovo secondo fattore al prossimo accesso."),
        contesto={"ripristino": riga},
    )
    return gestisci(request, attore, page)
