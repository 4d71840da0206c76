"""Rendering a page of the area: who acts and the navigation are on every one, errors included."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
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
    passi = [
        {"titolo": each.etichetta, "url": reverse(f"casi:passo_{each.passo}", args=[aperto.caso.pk])}
        for each in testata.passi
    ]
    shared = {"caso": aperto.caso, "azioni": aperto.azioni, "schede": schede}
    return {**shared, "testata": testata, "prossimo": passi[0] if passi else None, "altri_passi": passi[1:]}
