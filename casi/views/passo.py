"""A page of a case with one form: what it is called, what it will do, where it goes back to."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils.functional import Promise
from django.views.decorators.http import require_http_methods

from casi.attore import Attore
from casi.forms.base import Modulo
from casi.forms.caso import ModuloSulCaso
from casi.ruoli import Azione
from casi.selectors.casi import Aperto, open_caso
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import contesto_di
from casi.views.porta import dichiara

Testo = str | Promise


@dataclass(frozen=True)
class Passo:
    """`ritorno` is the page to go back to, `dopo` the one to go to when it is done (the same, if not said)."""

    titolo: Testo
    invia: Testo
    detto: Testo
    ritorno: str
    form: type[ModuloSulCaso] = ModuloSulCaso
    conseguenze: tuple[Testo, ...] = ()
    dopo: str = ""
    grave: bool = False
    template: str = "casi/condivisione/passo.html"


@dataclass(frozen=True)
class Qui:
    """Where one is: who, on which case; `su` says whom or what the step is about, `oggetto` its draft."""

    attore: Attore
    aperto: Aperto
    su: str = ""
    initial: dict[str, object] | None = None
    oggetto: UUID | None = None


def passo_di(azione: Azione, passo: Passo, do: Callable[..., object]) -> Callable[..., HttpResponseBase]:
    """The view of a step about the case itself: `do` is the action, called with the fields of the form."""

    @require_http_methods(METODI)
    @dichiara(azione)
    def view(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
        qui = Qui(attore, open_caso(attore, pk, azione))
        return segui(request, qui, passo, lambda modulo: do(by=attore, caso=pk, **modulo.campi))

    return view


def segui(request: HttpRequest, qui: Qui, passo: Passo, do: Callable[[Modulo], object]) -> HttpResponse:
    """Show `passo`, or carry it out once and go on."""
    caso = qui.aperto.caso

    def done(modulo: Modulo) -> str:
        do(modulo)
        return reverse(passo.dopo or passo.ritorno, args=None if passo.dopo else [caso.pk])

    page = Pagina(
        template=passo.template,
        form=passo.form,
        do=done,
        detto=str(passo.detto),
        oggetto=qui.oggetto,
        initial=qui.initial or {},
        argomenti={"caso": caso, "attore": qui.attore},
        contesto={**contesto_di(qui.aperto), "passo": passo, "su": qui.su, "annulla": _back(passo, caso.pk)},
    )
    return gestisci(request, qui.attore, page)


def _back(passo: Passo, pk: UUID) -> str:
    return reverse(passo.ritorno, args=[pk])
