"""Rendering a page of the area: who acts and the navigation are on every one, errors included."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from casi.actions.serratura import SCRIVONO
from casi.percorso import FINITI
from casi.ruoli import RUOLI, Azione
from casi.selectors.casi import Aperto
from casi.selectors.emergenza import banner
from casi.selectors.testata import testata_caso

# The pages of the area, in the order of a working day, each with the action it asks for; of two that have one title,
# the last.
VOCI = (
    (_("Il mio lavoro"), "casi:lavoro", Azione.ENTRARE),
    (_("Arrivi"), "casi:arrivi", Azione.GESTIRE_ARRIVI),
    (_("Casi"), "casi:elenco", Azione.ELENCARE_CASI),
    (_("Assegnazioni"), "casi:assegnazioni", Azione.ELENCARE_DA_ASSEGNARE),
    (_("Cerca"), "casi:cerca", Azione.CERCARE),
    (_("Sovrapposizioni"), "casi:sovrapposizioni", Azione.VERIFICARE_SOVRAPPOSIZIONE),
    (_("Emergenza"), "casi:emergenza", Azione.APRIRE_IN_EMERGENZA),
    (_("Rete"), "casi:rete", Azione.ACCREDITARE),
    (_("Scarti"), "casi:scarti_da_approvare", Azione.APPROVARE_SCARTO),
    (_("Conferme"), "casi:conferme", Azione.CONFERMARE_RIPRISTINO),
    (_("Registro"), "casi:accessi_miei", Azione.PROPRI_ACCESSI),
    (_("Registro"), "casi:registro", Azione.LEGGERE_REGISTRO),
    (_("Conservazione"), "casi:conservazione", Azione.PROPORRE_SCARTO),
)

# Where an entry leads besides the pages under its own address.
ANCHE = {"casi:arrivi": "casi:ascolti", "casi:accessi_miei": "casi:registro"}

# The pages of one case, each with the actions that open it (one is enough).
SCHEDE: tuple[tuple[Any, str, frozenset[Azione]], ...] = (
    (_("Sintesi"), "casi:scheda", frozenset({Azione.VEDERE_CASO})),
    (_("Persone"), "casi:persone", frozenset({Azione.VEDERE_PERSONE})),
    (_("Ascolti"), "casi:ascolti_del_caso", frozenset({Azione.VALUTARE, Azione.DIARIO_ENTE, Azione.DIARIO_PROPRIO})),
    (_("Valutazione"), "casi:valutazione", frozenset({Azione.VALUTARE})),
    (_("Diario"), "casi:diario", frozenset({Azione.DIARIO_PROPRIO})),
    (_("Interventi"), "casi:interventi", frozenset({Azione.INTERVENTI_ENTE})),
    (_("Chi fa che cosa"), "casi:quadro", frozenset({Azione.VISTA_GLOBALE})),
    (_("Allegati"), "casi:allegati", frozenset({Azione.DIARIO_PROPRIO})),
    (_("Chi lavora al caso"), "casi:condivisione", frozenset({Azione.VEDERE_CASO})),
    (_("Conflitti e sigillo"), "casi:limiti", frozenset({Azione.DICHIARARE_CONFLITTO})),
    (_("Accessi"), "casi:accessi", frozenset({Azione.ACCESSI_AL_CASO})),
    (_("Copia dei dati"), "casi:estratto", frozenset({Azione.ESTRARRE})),
)

# What to do on a case that has no next step of its path today: page, words, action, states.
OGNI_GIORNO = (
    ("casi:valutazione_scrivi", _("Scrivi la valutazione"), Azione.VALUTARE, frozenset({"in_valutazione"})),
    ("casi:ascolto_sul_caso", _("Scrivi il primo ascolto"), Azione.ASCOLTARE, frozenset({"primo_ascolto"})),
    (
        "casi:diario_scrivi", _("Scrivi nel diario"), Azione.SCRIVERE_DIARIO,
        frozenset({"segnalato", "primo_ascolto", "in_valutazione", "preso_in_carico", "sospeso"}),
    ),
)  # fmt: skip

# Errors: the same for whatever is not there or not for him, so nothing in them is of one request.
UGUALI = frozenset({400, 403, 404})


def mostra(
    request: HttpRequest, template: str, context: dict[str, object] | None = None, *, status: int = 200
) -> HttpResponse:
    """`template` with who acts (None before the door has let anybody in) and the entries his role may open."""
    operatore = getattr(request, "operatore", None)
    azioni = RUOLI[operatore.ruolo].azioni if operatore else frozenset()
    voci = {
        str(titolo): {"titolo": titolo, "url": reverse(nome), "qui": _here(nome, request.path)}
        for titolo, nome, azione in VOCI
        if azione in azioni
    }
    emergenze = banner(operatore) if operatore else []
    shared = {
        "emergenze": emergenze,
        "operatore": operatore,
        "lettura": None if status in UGUALI else getattr(request, "lettura", None),
        "altri_enti": getattr(request, "altri_enti", False),
        "voci": voci.values(),
        "elenca_casi": Azione.ELENCARE_CASI in azioni,
    }
    return render(request, template, {**shared, **(context or {})}, status=status)


def _here(nome: str, path: str) -> str:
    """The value of aria-current: the very page, or (not for the first, which is above everything) one under it."""
    if path == reverse(nome):
        return "page"
    under = [reverse(each) for each in (nome, ANCHE.get(nome)) if each and each != "casi:lavoro"]
    return "true" if path.startswith(tuple(under)) else ""


def altrove(request: HttpRequest, perche: str, dove: str) -> HttpResponse | None:
    """For who opens a form that can lead nowhere: to the page `dove`, with the reason; None where there is none.

    Who has typed already gets the form back instead, with the same reason on it.
    """
    if not perche or request.method == "POST":
        return None
    messages.warning(request, perche)
    return redirect(dove)


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
        "azioni": da_offrire(aperto),
        "finito": aperto.caso.stato in FINITI,
        "schede": schede,
        "testata": testata,
        "prossimo": _to_answer(aperto) or prossimo or _everyday(aperto),
        "altri_passi": [_button(f"casi:passo_{each.passo}", each.etichetta, aperto) for each in altri],
    }


def da_offrire(aperto: Aperto) -> frozenset[Azione]:
    """What a page shows a button for: where the path is over nothing is written, though it could be after reopening."""
    return aperto.azioni - SCRIVONO if aperto.caso.stato in FINITI else aperto.azioni


def _to_answer(aperto: Aperto) -> dict[str, Any] | None:
    """The first button of who was proposed the case and works on it already, whatever else it waits for."""
    mine = getattr(aperto.caso, "proposto_a_me", False) and aperto.fatti["titolare"]
    return _button("casi:accetta", _("Accetta il caso"), aperto) if mine else None


def _everyday(aperto: Aperto) -> dict[str, Any] | None:
    """The first button when the case itself is not to go on: the work of every day in that state."""
    for nome, titolo, azione, stati in OGNI_GIORNO:
        done = nome == "casi:valutazione_scrivi" and getattr(aperto.caso, "valutata", False)
        if azione in aperto.azioni and aperto.caso.stato in stati and not done:
            return _button(nome, titolo, aperto)
    return None


def _button(nome: str, titolo: Any, aperto: Aperto) -> dict[str, Any]:
    return {"titolo": titolo, "url": reverse(nome, args=[aperto.caso.pk])}
