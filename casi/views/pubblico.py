"""The pages for who has no account: asking for help, telling of somebody, thinking better of it.

They answer a form with the page itself, not with an address: a receipt that had one would stay in the history of a
phone that others look into. Sending the same form again shows the same receipt.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from uuid import UUID

from django.conf import settings
from django.core.exceptions import TooManyFieldsSent, ValidationError
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from casi.actions import pubblico as actions
from casi.actions.freno import slow_down
from casi.actions.una_volta import once
from casi.errori import Impossibile, Troppi
from casi.forms.pubblico import ModuloPubblico, RichiestaForm, RitiroForm, SegnalazioneForm
from casi.selectors import pubblico as selectors
from casi.views.modulo import METODI, not_kept, tell
from casi.views.porta import pubblica
from casi.views.scaduta import sent_too_late
from casi.views.stati import TOO_MANY, UNPROCESSABLE
from portal.utenti.accessi import client_address


@dataclass(frozen=True)
class Passo:
    """A page with one form for anybody: `do` carries it out and answers the code to show, if there is one."""

    form: type[ModuloPubblico]
    do: Callable[[ModuloPubblico], str]
    template: str
    ricevuta: str


def language_of(request: HttpRequest) -> str:
    asked = _asked(request, "lingua")
    return asked if asked in dict(settings.LANGUAGES) else translation.get_language_from_request(request)


def in_lingua(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """`?lingua=` wins over what the browser prefers; the rest of the area speaks Italian."""

    @wraps(view)
    def spoken(request: HttpRequest) -> HttpResponse:
        code = language_of(request)
        with translation.override(code):
            response = view(request)
        response["Content-Language"] = code
        return response

    return spoken


@require_http_methods(METODI)
@pubblica
@in_lingua
def chiedi_aiuto(request: HttpRequest) -> HttpResponse:
    def do(form: ModuloPubblico) -> str:
        return actions.chiedi(servizio=_servizio(request), **form.campi).codice

    passo = Passo(RichiestaForm, do, "casi/pubblico/chiedi_aiuto.html", "casi/pubblico/ricevuta.html")
    return _answer(request, passo)


@require_http_methods(METODI)
@pubblica
@in_lingua
def segnala(request: HttpRequest) -> HttpResponse:
    def do(form: ModuloPubblico) -> str:
        return actions.segnala(**form.campi).codice

    passo = Passo(SegnalazioneForm, do, "casi/pubblico/segnala.html", "casi/pubblico/ricevuta_segnalazione.html")
    return _answer(request, passo)


@require_http_methods(METODI)
@pubblica
@in_lingua
def ritira(request: HttpRequest) -> HttpResponse:
    def do(form: ModuloPubblico) -> str:
        actions.ritira(**form.campi, entrato=request.user.is_authenticated)
        return ""

    return _answer(request, Passo(RitiroForm, do, "casi/pubblico/ritira.html", "casi/pubblico/ritirata.html"))


def _answer(request: HttpRequest, passo: Passo) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, passo, _opened(request, passo))
    form = passo.form(request.POST)
    if not form.is_valid():
        return _shown(request, passo, form, status=UNPROCESSABLE)
    try:
        if not request.user.is_authenticated:  # an office writes for many, from one address
            slow_down(client_address(request))
        codice = once(form.cleaned_data["chiave"], lambda: passo.do(form), by=None)
    except OperationalError as error:
        return _shown(request, passo, form, status=not_kept(form, error))
    except Troppi as error:
        form.add_error(None, str(error))
        return _shown(request, passo, form, status=TOO_MANY)
    except (Impossibile, ValidationError) as error:
        tell(form, error)
        return _shown(request, passo, form, status=UNPROCESSABLE)
    entro = selectors.answer_due(codice) if codice else None
    context = {"codice": codice, "entro": entro, "passa": selectors.dove_passare(codice)}
    return render(request, passo.ricevuta, {**frame(request), **context})


def _opened(request: HttpRequest, passo: Passo) -> ModuloPubblico:
    form = passo.form(initial={"lingua": translation.get_language()})
    late = sent_too_late(request)
    form.riprendi(late)
    form.scaduto = bool(late)
    return form


def _shown(request: HttpRequest, passo: Passo, form: ModuloPubblico, *, status: int = 200) -> HttpResponse:
    return render(request, passo.template, {**frame(request), "modulo": form}, status=status)


def frame(request: HttpRequest) -> dict[str, object]:
    """What every page for anybody shows: its other languages, the privacy notice in this one."""
    servizio = _servizio(request)
    code = translation.get_language() or settings.LANGUAGE_CODE
    tail = f"&servizio={servizio}" if servizio else ""
    lingue = [
        {"codice": each, "nome": name, "url": f"{request.path}?lingua={each}{tail}", "attiva": each == code}
        for each, name in settings.LANGUAGES
    ]
    return {
        "lingue": lingue,
        "lingua": code,
        "url_portale": f"{settings.URL_PUBBLICO}/" + ("" if code == settings.LANGUAGE_CODE else f"{code}/"),
        "qui": f"{request.path}?lingua={code}{tail}",
        "giorni": settings.GIORNI_RISPOSTA,
        "informativa": selectors.informativa_in(code),
    }


def _servizio(request: HttpRequest) -> UUID | None:
    """Key of the public sheet the person comes from; anything else counts as none."""
    try:
        return UUID(_asked(request, "servizio"))
    except ValueError:
        return None


def _asked(request: HttpRequest, name: str) -> str:
    """What the address says; nothing if it says too much to be read, since the pages of errors ask here too."""
    try:
        return request.GET.get(name, "")
    except TooManyFieldsSent:
        return ""
