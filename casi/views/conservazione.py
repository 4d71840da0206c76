"""What has been kept long enough: proposed by each body, approved and carried out by who coordinates the network, under
the eyes of the privacy officer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from casi.actions.cancellazione_chiesta import extend
from casi.actions.conservazione import approve, execute, hold, propose, reject, withdraw
from casi.attore import Attore
from casi.forms.base import Modulo
from casi.forms.conservazione import (
    AttoModulo,
    EsecuzioneModulo,
    PropostaModulo,
    ProrogaModulo,
    RespintaModulo,
    RitiroChiestaModulo,
    RitiroModulo,
    SospensioneModulo,
)
from casi.ruoli import Azione
from casi.selectors.approvazione import nobody_approves
from casi.selectors.conservazione import (
    SEGNO,
    left_out,
    nothing_goes,
    open_scarto,
    page_of_lists,
    segni,
    to_look_at,
    to_propose,
)
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import mostra
from casi.views.porta import dichiara


@require_http_methods(METODI)
@dichiara(Azione.PROPORRE_SCARTO)
def scaduti(request: HttpRequest, attore: Attore) -> HttpResponse:
    """What is over for one's own body, and the lists made so far."""

    def do(modulo: Modulo) -> str:
        return reverse("casi:scarto", args=[propose(by=attore).pk])

    elenchi = page_of_lists(attore, Azione.PROPORRE_SCARTO, request.GET.get("pagina", "1"))
    contesto = {"scaduti": to_propose(attore), "elenchi": elenchi}
    detto = _("Elenco proposto: ora lo approva chi coordina la rete.")
    pagina = Pagina("casi/conservazione.html", PropostaModulo, do, detto, contesto=contesto)
    return gestisci(request, attore, pagina)


@require_http_methods(METODI)
@dichiara(Azione.PROPORRE_SCARTO)
def elenco(request: HttpRequest, attore: Attore, scarto: UUID) -> HttpResponse:
    """One list of one's own body."""
    return _holds(request, attore, scarto, Azione.PROPORRE_SCARTO, "casi/conservazione_elenco.html")


@require_http_methods(METODI)
@dichiara(Azione.CONTROLLARE_SCARTI)
def controllo(request: HttpRequest, attore: Attore, scarto: UUID) -> HttpResponse:
    """One list of the network, for who watches over it."""
    return _holds(request, attore, scarto, Azione.CONTROLLARE_SCARTI, "casi/conservazione_controllo.html")


def _holds(request: HttpRequest, attore: Attore, pk: UUID, azione: Azione, template: str) -> HttpResponse:
    """One list, and what on it has to wait; once carried out, what it spared."""
    found, righe = open_scarto(attore, pk, azione)
    mie = [each for each in righe if getattr(each.voce, SEGNO[azione])]

    def do(modulo: Modulo) -> str:
        voci, letta = modulo.campi["voci"], modulo.cleaned_data["versione"]
        hold(by=attore, scarto=pk, voci=voci, letta=letta, azione=azione)
        return request.path

    pagina = Pagina(
        template,
        SospensioneModulo,
        do,
        _("Sospensioni salvate."),
        initial={"voci": [each.voce.pk for each in mie], "versione": segni(attore, found, azione).versione},
        argomenti={"righe": mie if found.chiuso else righe},
        contesto={"scarto": found, "righe": righe, "mie": mie, "nessuno": nobody_approves(found)},
    )
    return gestisci(request, attore, pagina)


@require_http_methods(METODI)
@dichiara(Azione.PROPORRE_SCARTO)
def ritira(request: HttpRequest, attore: Attore, scarto: UUID) -> HttpResponse:
    """A list made by mistake; or what a person does not want any more."""
    found, righe = open_scarto(attore, scarto, Azione.PROPORRE_SCARTO)

    def do(modulo: Modulo) -> str:
        withdraw(by=attore, scarto=scarto, **modulo.campi)
        return reverse("casi:conservazione")

    contesto = {"scarto": found, "righe": righe}
    form = RitiroChiestaModulo if found.chiesta_il else RitiroModulo
    pagina = Pagina("casi/conservazione_ritira.html", form, do, _("Elenco ritirato."), contesto=contesto)
    return gestisci(request, attore, pagina)


@require_http_methods(METODI)
@dichiara(Azione.PROPORRE_SCARTO)
def proroga(request: HttpRequest, attore: Attore, scarto: UUID) -> HttpResponse:
    """More time to answer a person, who has been told."""
    found, _righe = open_scarto(attore, scarto, Azione.PROPORRE_SCARTO)

    def do(modulo: Modulo) -> str:
        extend(by=attore, scarto=scarto, **modulo.campi)
        return reverse("casi:scarto", args=[scarto])

    pagina = Pagina(
        "casi/conservazione_proroga.html", ProrogaModulo, do, _("Tempo allungato."), contesto={"scarto": found}
    )
    return gestisci(request, attore, pagina)


@require_http_methods(METODI)
@dichiara(Azione.APPROVARE_SCARTO)
def respingi(request: HttpRequest, attore: Attore, scarto: UUID) -> HttpResponse:
    """A list that is not to be carried out, and why."""
    found, righe = open_scarto(attore, scarto, Azione.APPROVARE_SCARTO)

    def do(modulo: Modulo) -> str:
        reject(by=attore, scarto=scarto, **modulo.campi)
        return reverse("casi:scarto_approvazione", args=[scarto])

    contesto = {"scarto": found, "righe": righe}
    pagina = Pagina("casi/conservazione_respingi.html", RespintaModulo, do, _("Elenco respinto."), contesto=contesto)
    return gestisci(request, attore, pagina)


@require_safe
@dichiara(Azione.APPROVARE_SCARTO)
def da_approvare(request: HttpRequest, attore: Attore) -> HttpResponse:
    elenchi = to_look_at(attore, Azione.APPROVARE_SCARTO, request.GET.get("pagina", "1"))
    return mostra(request, "casi/conservazione_da_approvare.html", {"elenchi": elenchi})


@require_safe
@dichiara(Azione.CONTROLLARE_SCARTI)
def da_controllare(request: HttpRequest, attore: Attore) -> HttpResponse:
    elenchi = to_look_at(attore, Azione.CONTROLLARE_SCARTI, request.GET.get("pagina", "1"))
    return mostra(request, "casi/conservazione_da_controllare.html", {"elenchi": elenchi})


@require_http_methods(METODI)
@dichiara(Azione.APPROVARE_SCARTO)
def approvazione(request: HttpRequest, attore: Attore, scarto: UUID) -> HttpResponse:
    """One list: approved first, carried out then."""
    found, righe = open_scarto(attore, scarto, Azione.APPROVARE_SCARTO)

    def do(modulo: Modulo) -> str:
        if isinstance(modulo, EsecuzioneModulo):
            execute(by=attore, scarto=scarto)
        else:
            approve(by=attore, scarto=scarto, **modulo.campi)
        return request.path

    approved, fuori, niente = found.approvato_il is not None, left_out(found, righe), nothing_goes(found, righe)
    pagina = Pagina(
        "casi/conservazione_approvazione.html",
        EsecuzioneModulo if approved else AttoModulo,
        do,
        _("Scarto eseguito.") if approved else _approved(fuori, niente=niente),
        contesto={"scarto": found, "righe": righe, "fuori": fuori, "niente": niente},
    )
    return gestisci(request, attore, pagina)


def _approved(fuori: int, *, niente: bool) -> str:
    """With what stays out all the same: an approval takes off no hold."""
    if niente:
        return _("Elenco approvato, ma adesso non c'è niente da eseguire.")
    said = ngettext("Elenco approvato. Resta fuori %(n)s cosa.", "Elenco approvato. Restano fuori %(n)s cose.", fuori)
    return said % {"n": fuori} if fuori else _("Elenco approvato.")
