"""Making one record of two, and two again."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from casi.actions import fusione as actions
from casi.attore import Attore
from casi.forms.base import Modulo
from casi.forms.fusione import SeparaForm, UnisciForm
from casi.ruoli import Azione
from casi.selectors import fusione as selectors
from casi.selectors.persone import open_persona
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import contesto_di
from casi.views.porta import dichiara


@require_http_methods(METODI)
@dichiara(Azione.FONDERE_PERSONE)
def unisci(request: HttpRequest, attore: Attore, pk: UUID, persona: UUID) -> HttpResponse:
    """Which records may be the same, and once one is chosen (`?fusa=`) in what the two differ, with the question."""
    aperto, tenuta = open_persona(attore, pk, persona, Azione.FONDERE_PERSONE)
    candidate = selectors.candidate(attore, tenuta)
    asked = request.POST.get("fusa") or request.GET.get("fusa", "")
    fusa = next((each for each in candidate if str(each.pk) == asked), None)

    def do(form: Modulo) -> str:
        actions.unisci(by=attore, caso=pk, tenuta=persona, fusa=UUID(form.campi["fusa"]))
        return reverse("casi:persone", args=[pk])

    context = {
        **contesto_di(aperto),
        "persona": tenuta,
        "candidate": candidate,
        "fusa": fusa,
        "differenze": selectors.confronto(attore, tenuta, fusa) if fusa else None,
    }
    page = Pagina(
        template="casi/persone/unisci.html",
        form=UnisciForm,
        do=do,
        detto=_("Schede unite. Se era un errore, puoi separarle."),
        initial={"fusa": asked},
        argomenti={"candidate": candidate},
        contesto=context,
    )
    return gestisci(request, attore, page)


@require_http_methods(METODI)
@dichiara(Azione.FONDERE_PERSONE)
def separa(request: HttpRequest, attore: Attore, pk: UUID, persona: UUID) -> HttpResponse:
    """Of a form already sent the action says that there is nothing to undo; otherwise there is no such page."""
    sent = request.method == "POST"
    aperto, tenuta = open_persona(
        attore, pk, persona, Azione.FONDERE_PERSONE, serve=lambda found: sent or selectors.merged_into(found.pk)
    )
    fusione = selectors.merged_into(persona)

    def do(form: Modulo) -> str:
        actions.separa(by=attore, caso=pk, tenuta=persona, vista=form.campi["fusione"])
        return reverse("casi:persone", args=[pk])

    context = {**contesto_di(aperto), "persona": tenuta, "fusione": fusione}
    page = Pagina(
        template="casi/persone/separa.html",
        form=SeparaForm,
        do=do,
        detto=_("Schede separate."),
        initial={"fusione": fusione.pk} if fusione else {},
        contesto=context,
    )
    return gestisci(request, attore, page)
