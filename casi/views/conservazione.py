"""What has been kept long enough: proposed by each body, approved and carried out by the privacy officer."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casi.actions.conservazione import approve, execute, hold, propose, reject, withdraw
from casi.attore import Attore
from casi.forms.base import Modulo
from casi.forms.conservazione import (
    AttoModulo,
    EsecuzioneModulo,
    PropostaModulo,
    RespintaModulo,
    RitiroModulo,
    SospensioneModulo,
)
from casi.ruoli import Azione
from casi.selectors.conservazione import lists, open_scarto, segni, to_approve, to_propose
from casi.views.modulo import Pagina, gestisci
from casi.views.pagina import mostra
from casi.views.porta import dichiara


@require_http_methods(["GET", "HEAD", "POST"])
@dichiara(Azione.PROPORRE_SCARTO)
def scaduti(request: HttpRequest, attore: Attore) -> HttpResponse:
    """What is over for one's own body, and the lists made so far."""

    def do(modulo: Modulo) -> str:
        return reverse("casi:scarto", args=[propose(by=attore).pk])

    contesto = {"scaduti": to_propose(attore), "elenchi": lists(attore, Azione.PROPORRE_SCARTO)}
    detto = _("Elenco proposto: ora lo approva un'altra persona.")
    pagina = Pagina("casi/conservazione.html", PropostaModulo, do, detto, contesto=contesto)
    return gestisci(request, attore, pagina)


@require_http_methods(["GET", "HEAD", "POST"])
@dichiara(Azione.PROPORRE_SCARTO)
def elenco(request: HttpRequest, attore: Attore, scarto: UUID) -> HttpResponse:
    """One list, and what on it has to wait; once carried out, what it spared."""
    found, righe = open_scarto(attore, scarto, Azione.PROPORRE_SCARTO)
    sospese = [each for each in righe if each.voce.sospesa]

    def do(modulo: Modulo) -> str:
        hold(by=attore, scarto=scarto, voci=modulo.campi["voci"], letta=modulo.cleaned_data["versione"])
        return request.path

    pagina = Pagina(
        "casi/conservazione_elenco.html",
        SospensioneModulo,
        do,
        _("Sospensioni salvate."),
        initial={"voci": [each.voce.pk for each in sospese], "versione": segni(found).versione},
        argomenti={"righe": sospese if found.chiuso else righe},
        contesto={"scarto": found, "righe": righe, "sospese": sospese},
    )
    return gestisci(request, attore, pagina)


@require_http_methods(["GET", "HEAD", "POST"])
@dichiara(Azione.PROPORRE_SCARTO)
def ritira(request: HttpRequest, attore: Attore, scarto: UUID) -> HttpResponse:
    """A list made by mistake."""
    found, righe = open_scarto(attore, scarto, Azione.PROPORRE_SCARTO)

    def do(modulo: Modulo) -> str:
        withdraw(by=attore, scarto=scarto)
        return reverse("casi:conservazione")

    contesto = {"scarto": found, "righe": righe}
    pagina = Pagina("casi/conservazione_ritira.html", RitiroModulo, do, _("Elenco ritirato."), contesto=contesto)
    return gestisci(request, attore, pagina)


@require_http_methods(["GET", "HEAD", "POST"])
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
    return mostra(request, "casi/conservazione_da_approvare.html", {"elenchi": to_approve(attore)})


@require_http_methods(["GET", "HEAD", "POST"])
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

    approved = found.approvato_il is not None
    pagina = Pagina(
        "casi/conservazione_approvazione.html",
        EsecuzioneModulo if approved else AttoModulo,
        do,
        _("Scarto eseguito.") if approved else _("Elenco approvato."),
        contesto={"scarto": found, "righe": righe},
    )
    return gestisci(request, attore, pagina)
