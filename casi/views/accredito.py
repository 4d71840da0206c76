"""«Rete»: who is in it, and who acts for whom."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from casi.actions import accredito as actions
from casi.actions.accredito_fine import move_end
from casi.attore import Attore
from casi.forms import accredito as forms
from casi.forms.base import Modulo
from casi.ruoli import Azione
from casi.selectors import accredito as selectors
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import mostra
from casi.views.porta import dichiara
from catalogo.models import Ente
from catalogo.models.ente import nome_corrente

TEMPLATE = "casi/accredito/modulo.html"
PASSAGGI = {
    "sottoscrivi": gettext_lazy("Firma: da adesso è sottoscritta"),
    "sospendi": gettext_lazy("Sospendi: nessuno dell'ente entra, finché non riprende"),
    "riprendi": gettext_lazy("Riprendi: torna sottoscritta"),
    "recedi": gettext_lazy("L'ente recede: finisce adesso"),
    "revoca": gettext_lazy("Revoca: finisce adesso"),
}


@require_safe
@dichiara(Azione.ACCREDITARE)
def rete(request: HttpRequest, attore: Attore) -> HttpResponse:
    return mostra(request, "casi/accredito/rete.html", {"rete": selectors.rete(attore), "oggi": timezone.localdate()})


@require_http_methods(METODI)
@dichiara(Azione.ACCREDITARE)
def nuova_adesione(request: HttpRequest, attore: Attore) -> HttpResponse:
    def do(modulo: Modulo) -> None:
        firma = dict(modulo.campi)
        accordo, ente = firma.pop("accordo"), firma.pop("ente")
        actions.register_adhesion(by=attore, accordo=accordo, ente=ente, firma=actions.Firma(**firma))

    enti = Ente.objects.filter(attivo=True).exclude(pk=attore.operatore.ente_id).order_by(nome_corrente(), "pk")
    arguments = {"accordi": selectors.led_by(attore), "enti": enti}
    page = desk_page(
        forms.AdesioneModulo, do, _("Registra un'adesione"), _("Adesione registrata."), argomenti=arguments
    )
    return gestisci(request, attore, page)


@require_http_methods(METODI)
@dichiara(Azione.ACCREDITARE)
def rinnovo(request: HttpRequest, attore: Attore, pk: int) -> HttpResponse:
    adesione = selectors.adesione(attore, pk)

    def do(modulo: Modulo) -> None:
        actions.renew_adhesion(by=attore, adesione=adesione, firma=actions.Firma(**modulo.campi))

    initial = {
        "valida_dal": selectors.next_start(adesione),
        "ruolo_privacy": adesione.ruolo_privacy,
        "privacy_firmata_il": adesione.privacy_firmata_il,
    }
    page = desk_page(
        forms.FirmaModulo,
        do,
        _("Rinnova"),
        _("Adesione rinnovata."),
        initial=initial,
        contesto={"di": adesione.ente.nome},
    )
    return gestisci(request, attore, page)


@require_http_methods(METODI)
@dichiara(Azione.ACCREDITARE)
def passaggio(request: HttpRequest, attore: Attore, pk: int) -> HttpResponse:
    adesione = selectors.adesione(attore, pk)

    def do(modulo: Modulo) -> None:
        actions.move_adhesion(by=attore, adesione=adesione, **modulo.campi)

    allowed = [(name, words) for name, words in PASSAGGI.items() if adesione.stato in actions.PASSAGGI[name][0]]
    page = desk_page(
        forms.PassaggioModulo, do, _("Cambia stato"), _("Stato cambiato."), argomenti={"passaggi": allowed},
        contesto={"di": adesione.ente.nome, "adesso": adesione.get_stato_display()},
    )  # fmt: skip
    return gestisci(request, attore, page)


@require_http_methods(METODI)
@dichiara(Azione.ACCREDITARE)
def privacy(request: HttpRequest, attore: Attore, pk: int) -> HttpResponse:
    adesione = selectors.adesione(attore, pk)

    def do(modulo: Modulo) -> None:
        actions.sign_privacy(by=attore, adesione=adesione, **modulo.campi)

    page = desk_page(
        forms.PrivacyModulo, do, _("Registra l'accordo privacy"), _("Accordo privacy registrato."),
        initial={
            "ruolo_privacy": adesione.ruolo_privacy,
            "privacy_firmata_il": adesione.privacy_firmata_il,
            "letta": adesione.privacy,
        },
        contesto={"di": adesione.ente.nome},
    )  # fmt: skip
    return gestisci(request, attore, page)


@require_http_methods(METODI)
@dichiara(Azione.ACCREDITARE)
def nuovo_operatore(request: HttpRequest, attore: Attore, pk: int) -> HttpResponse:
    ente = selectors.ente_in_rete(attore, pk)

    def do(modulo: Modulo) -> None:
        typed = modulo.campi
        persona = actions.Persona(typed["email"], typed["nome"], typed["cognome"])
        actions.accredit(by=attore, ente=ente, persona=persona, ruolo=typed["ruolo"], dal=typed["dal"], al=typed["al"])

    page = desk_page(
        forms.OperatoreModulo, do, _("Accredita una persona"), _("Persona accreditata."), contesto={"di": ente.nome}
    )
    return gestisci(request, attore, page)


@require_http_methods(METODI)
@dichiara(Azione.ACCREDITARE)
def ruolo(request: HttpRequest, attore: Attore, pk: int) -> HttpResponse:
    legame = selectors.legame(attore, pk)

    def do(modulo: Modulo) -> None:
        actions.change_role(by=attore, legame=legame, **modulo.campi)

    page = desk_page(
        forms.RuoloModulo, do, _("Cambia ruolo"), _("Ruolo cambiato: la persona deve entrare di nuovo."),
        initial={"ruolo": legame.ruolo},
        contesto={"di": f"{legame.utente} · {legame.ente.nome}", "adesso": legame.get_ruolo_display()},
    )  # fmt: skip
    return gestisci(request, attore, page)


@require_http_methods(METODI)
@dichiara(Azione.ACCREDITARE)
def ultimo_giorno(request: HttpRequest, attore: Attore, pk: int) -> HttpResponse:
    legame = selectors.legame(attore, pk)

    def do(modulo: Modulo) -> None:
        move_end(by=attore, legame=legame, **modulo.campi)

    page = desk_page(
        forms.UltimoGiornoModulo, do, _("Cambia l'ultimo giorno"),
        _("Ultimo giorno cambiato: la persona deve entrare di nuovo."),
        initial={"al": legame.al, "letto": legame.al},
        contesto={"di": f"{legame.utente} · {legame.ente.nome}", "adesso": legame.get_ruolo_display()},
    )  # fmt: skip
    return gestisci(request, attore, page)


@require_http_methods(METODI)
@dichiara(Azione.ACCREDITARE)
def fine(request: HttpRequest, attore: Attore, pk: int) -> HttpResponse:
    legame = selectors.legame(attore, pk)

    def do(modulo: Modulo) -> None:
        actions.end_tie(by=attore, legame=legame)

    why = _("Da adesso non entra più per questo ente. Ciò che ha scritto resta. I suoi casi vanno riassegnati.")
    page = desk_page(
        forms.ConfermaModulo, do, _("Togli dall'ente"), _("Fatto: non entra più per questo ente."),
        contesto={"di": f"{legame.utente} · {legame.ente.nome}", "spiega": why},
    )  # fmt: skip
    return gestisci(request, attore, page)


def desk_page(form: type[Modulo], do: Callable[[Modulo], None], titolo: str, detto: str, **more: Any) -> Pagina:
    """A form of the desk: its title is the word of its button, and it leads back to «Rete»."""

    def do_and_go_back(modulo: Modulo) -> str:
        do(modulo)
        return reverse("casi:rete")

    empty = {"di": "", "adesso": "", "spiega": ""}
    contesto = {**empty, "titolo": titolo, **more.pop("contesto", {})}
    return Pagina(TEMPLATE, form, do_and_go_back, detto, contesto=contesto, **more)
