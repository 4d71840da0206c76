"""The coordinator's pages: cases by number, never one opened."""

from collections.abc import Callable, Mapping
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from casi.actions.mossa import Dati
from casi.actions.percorso import step
from casi.attore import Attore
from casi.errori import Impossibile
from casi.forms.base import Modulo
from casi.forms.percorso import Assegnazione, Conferma, Trasferimento
from casi.percorso import Passo, Transizione, transizione
from casi.ruoli import Azione
from casi.selectors import assegnazioni as selectors
from casi.selectors.casi import Aperto, open_caso
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import mostra
from casi.views.porta import dichiara

CONSEGUENZE = {
    Passo.ASSEGNA: _("La persona che scegli riceve un avviso, e accetta o rifiuta. Fino ad allora non vede il caso."),
    Passo.RIASSEGNA: _("Chi lo segue adesso smette di vederlo subito. La nuova persona lo vede quando accetta."),
    Passo.CONTROFIRMA: _("Il caso ha voci riservate: con la tua controfirma chi lo segue può chiuderlo."),
    Passo.TRASFERISCE: _("Chi lo segue adesso, nel tuo ente e negli altri, smette di vederlo subito. Il numero resta."),
}


@require_safe
@dichiara(Azione.ELENCARE_DA_ASSEGNARE)
def elenco(request: HttpRequest, attore: Attore) -> HttpResponse:
    return mostra(request, "casi/assegnazioni.html", {"elenco": selectors.assegnazioni(attore)})


@require_http_methods(METODI)
@dichiara(Azione.ASSEGNARE)
def assegna(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto = open_caso(attore, pk, Azione.ASSEGNARE)
    argomenti = {"assistenti": selectors.assistenti(attore)}
    return _passo(request, attore, aperto, (Passo.ASSEGNA, Passo.RIASSEGNA), Assegnazione, argomenti)


@require_http_methods(METODI)
@dichiara(Azione.ASSEGNARE)
def trasferisci(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto = open_caso(attore, pk, Azione.ASSEGNARE)
    argomenti = {"enti": selectors.altri_enti(attore)}
    return _passo(request, attore, aperto, (Passo.TRASFERISCE,), Trasferimento, argomenti)


@require_http_methods(METODI)
@dichiara(Azione.CONTROFIRMARE)
def controfirma(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto = open_caso(attore, pk, Azione.CONTROFIRMARE)
    return _passo(request, attore, aperto, (Passo.CONTROFIRMA,), Conferma, {})


def _passo(
    request: HttpRequest,
    attore: Attore,
    aperto: Aperto,
    passi: tuple[Passo, ...],
    form: type[Modulo],
    argomenti: Mapping[str, object],
) -> HttpResponse:
    caso = aperto.caso
    shown: dict[str, object] = {"numero": caso.numero, "stato": caso.get_stato_display()}
    found = _possible(caso.stato, passi)
    if found is None:
        return mostra(request, "casi/assegnazioni_non_ora.html", shown)
    page = Pagina(
        template="casi/assegnazioni_passo.html",
        form=form,
        do=_doing(attore, caso.pk, found.passo),
        detto=f"{caso.numero}: {str(found.fatto).lower()}.",
        initial={"versione": caso.versione},
        argomenti=argomenti,
        contesto={
            **shown,
            "transizione": found,
            "conseguenza": CONSEGUENZE[found.passo],
            "annulla": reverse("casi:assegnazioni"),
        },
    )
    return gestisci(request, attore, page)


def _possible(stato: str, passi: tuple[Passo, ...]) -> Transizione | None:
    for each in passi:
        try:
            return transizione(stato, each)
        except Impossibile:
            continue
    return None


def _doing(attore: Attore, pk: UUID, passo: Passo) -> Callable[[Modulo], str]:
    def do(form: Modulo) -> str:
        # Without it an old page would hand over a case that somebody has just accepted.
        letta = form.cleaned_data["versione"] or 0
        step(by=attore, caso=pk, passo=passo, dati=Dati.da(form.campi), letta=letta)
        return reverse("casi:assegnazioni")

    return do
