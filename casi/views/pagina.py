"""Rendering a page of the area: who acts and the navigation are on every one, errors included."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from casi.ruoli import RUOLI, Azione
from casi.selectors.casi import Aperto
from casi.selectors.testata import testata_caso

# The pages that exist, each with the action it asks for; Richieste and Registro join when they are built.
VOCI = (
    (_("Il mio lavoro"), "casi:lavoro", Azione.ENTRARE),
    (_("Casi"), "casi:elenco", Azione.ELENCARE_CASI),
    (_("Assegnazioni"), "casi:assegnazioni", Azione.ELENCARE_DA_ASSEGNARE),
)


# The pages of one case, each with the actions that open it (one is enough).
SCHEDE: tuple[tuple[Any, str, frozenset[Azione]], ...] = (
    (_("Sintesi"), "casi:scheda", frozenset({Azione.VEDERE_CASO})),
)

# What to do on a case that has no next step of its path today: page, words, action, states.
OGNI_GIORNO = (
    ("casi:valutazione_scrivi", _("Scrivi la valutazione"), Azione.VALUTARE, frozenset({"in_valutazione"})),
    ("casi:diario_scrivi", _("Scrivi nel diario"), Azione.SCRIVERE_DIARIO, frozenset({"preso_in_carico", "sospeso"})),
)


def mostra(
    request: HttpRequest, template: str, context: dict[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    """`template` with who acts (None before the door has let anybody in) and the entries his role may open."""
    operatore = getattr(request, "operatore", None)
    azioni = RUOLI[operatore.ruolo].azioni if operatore else frozenset()
    voci = [{"titolo": titolo, "url": reverse(nome)} for titolo, nome, azione in VOCI if azione in azioni]
    shared = {"operatore": operatore, "altri_enti": getattr(request, "altri_enti", False), "voci": voci}
    return render(request, template, {**shared, **(context or {})}, status=status)


def mostra_caso(
    request: HttpRequest, template: str, aperto: Aperto, context: dict[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    """A page of one case: as `mostra`, with `contesto_di`."""
    return mostra(request, template, {**contesto_di(aperto), **(context or {})}, status=status)


def contesto_di(aperto: Aperto) -> dict[str, object]:
    """What every page of a case shows, forms too (`casi.views.modulo`): its head, one question, and its other pages."""
    schede = [
        {"titolo": titolo, "url": reverse(nome, args=[aperto.caso.pk])}
        for titolo, nome, azioni in SCHEDE
        if azioni & aperto.azioni
    ]
    testata = testata_caso(aperto)
    prossimo = (
        _button(f"casi:passo_{testata.prossimo.passo}", testata.prossimo.etichetta, aperto)
        if testata.prossimo
        else None
    )
    altri = [each for each in testata.passi if each is not testata.prossimo]
    return {
        "caso": aperto.caso,
        "azioni": aperto.azioni,
        "schede": schede,
        "testata": testata,
        "prossimo": prossimo or _everyday(aperto),
        "altri_passi": [_button(f"casi:passo_{each.passo}", each.etichetta, aperto) for each in altri],
    }


def _everyday(aperto: Aperto) -> dict[str, Any] | None:
    """The first button when the case itself is not to go on: the work of every day in that state."""
    for nome, titolo, azione, stati in OGNI_GIORNO:
        if azione in aperto.azioni and aperto.caso.stato in stati:
            return _button(nome, titolo, aperto)
    return None


def _button(nome: str, titolo: Any, aperto: Aperto) -> dict[str, Any] | None:
    url = indirizzo(nome, aperto.caso.pk)
    return {"titolo": titolo, "url": url} if url else None


def indirizzo(nome: str, *args: object) -> str:
    """Empty while that page is not there yet."""
    try:
        return reverse(nome, args=args)
    except NoReverseMatch:
        return ""
