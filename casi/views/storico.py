"""How the records of a household were before, and taking out of it who, or what, was written by mistake."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from casi.actions import per_errore as actions
from casi.attore import Attore
from casi.forms.base import Modulo
from casi.forms.persone import PerErroreForm, RimettiForm, TogliForm
from casi.ruoli import Azione
from casi.selectors.casi import Aperto
from casi.selectors.persone import open_legame, open_persona, open_residenza
from casi.selectors.storico import com_era, open_tolto
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import contesto_di, da_offrire, mostra_caso
from casi.views.porta import dichiara


@require_safe
@dichiara(Azione.MODIFICARE_PERSONE)
def prima(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto, storia = com_era(attore, pk)
    context = {"storia": storia, "puo_modificare": Azione.MODIFICARE_PERSONE in da_offrire(aperto)}
    return mostra_caso(request, "casi/persone/prima.html", aperto, context)


@require_http_methods(METODI)
@dichiara(Azione.MODIFICARE_PERSONE)
def errore(request: HttpRequest, attore: Attore, pk: UUID, persona: UUID) -> HttpResponse:
    aperto, riga = open_persona(attore, pk, persona, Azione.MODIFICARE_PERSONE)

    def do(form: Modulo) -> str:
        kept = actions.togli(by=attore, caso=pk, persona=persona, **form.campi)
        return reverse("casi:persone_prima" if kept else "casi:persone", args=[pk])

    page = Pagina(
        template="casi/persone/errore.html",
        form=PerErroreForm,
        do=do,
        detto=_("Tolta dal nucleo."),
        contesto={**contesto_di(aperto), "persona": riga},
    )
    return gestisci(request, attore, page)


@require_http_methods(METODI)
@dichiara(Azione.MODIFICARE_PERSONE)
def togli_legame(request: HttpRequest, attore: Attore, pk: UUID, legame: UUID) -> HttpResponse:
    aperto, riga = open_legame(attore, pk, legame)

    def do(form: Modulo) -> str:
        actions.togli_legame(by=attore, caso=pk, legame=legame, **form.campi)
        return reverse("casi:persone", args=[pk])

    return _take_out(request, attore, aperto, do, {"che_cosa": riga.chi, "legame": True})


@require_http_methods(METODI)
@dichiara(Azione.MODIFICARE_PERSONE)
def togli_residenza(request: HttpRequest, attore: Attore, pk: UUID, persona: UUID, residenza: UUID) -> HttpResponse:
    aperto, riga = open_residenza(attore, pk, persona, residenza)

    def do(form: Modulo) -> str:
        actions.togli_residenza(by=attore, caso=pk, persona=persona, residenza=residenza, **form.campi)
        return reverse("casi:persone", args=[pk])

    told = ", ".join(filter(None, (riga.get_tipo_display(), riga.indirizzo)))
    return _take_out(request, attore, aperto, do, {"che_cosa": told, "legame": False})


def _take_out(
    request: HttpRequest, attore: Attore, aperto: Aperto, do: Callable[[Modulo], str], what: dict[str, object]
) -> HttpResponse:
    context = {**contesto_di(aperto), **what}
    page = Pagina(template="casi/persone/togli.html", form=TogliForm, do=do, detto=_("Tolto."), contesto=context)
    return gestisci(request, attore, page)


@require_http_methods(METODI)
@dichiara(Azione.MODIFICARE_PERSONE)
def rimetti(request: HttpRequest, attore: Attore, pk: UUID, tolto: UUID) -> HttpResponse:
    aperto, riga = open_tolto(attore, pk, tolto)

    def do(form: Modulo) -> str:
        actions.rimetti(by=attore, caso=pk, tolto=tolto)
        return reverse("casi:persone", args=[pk])

    page = Pagina(
        template="casi/persone/rimetti.html",
        form=RimettiForm,
        do=do,
        detto=_("È di nuovo nel nucleo, com'era."),
        contesto={**contesto_di(aperto), "persona": riga},
    )
    return gestisci(request, attore, page)
