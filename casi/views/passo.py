"""A page of a case with one form: what it is called, what it will do, where it goes back to."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise

from casi.attore import Attore
from casi.forms.base import Modulo
from casi.forms.caso import ModuloSulCaso
from casi.selectors.casi import Aperto
from casi.views.modulo import Pagina, gestisci
from casi.views.pagina import contesto_di

Testo = str | Promise
METODI = ["GET", "HEAD", "POST"]


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


@dataclass(frozen=True)
class Qui:
    """Where one is: who, on which case; `su` says whom or what the step is about."""

    attore: Attore
    aperto: Aperto
    su: str = ""
    initial: dict[str, object] | None = None


def segui(request: HttpRequest, qui: Qui, passo: Passo, do: Callable[[Modulo], object]) -> HttpResponse:
    """Show `passo`, or carry it out once and go on."""
    caso = qui.aperto.caso

    def done(modulo: Modulo) -> str:
        do(modulo)
        return reverse(passo.dopo or passo.ritorno, args=None if passo.dopo else [caso.pk])

    page = Pagina(
        template="casi/condivisione/passo.html",
        form=passo.form,
        do=done,
        detto=str(passo.detto),
        initial=qui.initial or {},
        argomenti={"caso": caso, "attore": qui.attore},
        contesto={**contesto_di(qui.aperto), "passo": passo, "su": qui.su, "annulla": _back(passo, caso.pk)},
    )
    return gestisci(request, qui.attore, page)


def _back(passo: Passo, pk: UUID) -> str:
    return reverse(passo.ritorno, args=[pk])
