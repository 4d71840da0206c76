"""The coordinator's pages: cases by number, never one opened."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from casi.actions.mossa import Dati
from casi.actions.percorso import step
from casi.attore import Attore
from casi.errori import Impossibile
from casi.forms.base import Modulo
from casi.forms.percorso import Assegnazione, Conferma, NumeroDelCaso, PaginaDelBanco, Trasferimento
from casi.percorso import Passo, Transizione, del_coordinatore, transizione
from casi.ruoli import Azione
from casi.selectors import assegnazioni as selectors
from casi.selectors.affidamenti import da_decidere
from casi.selectors.casi import Aperto, open_caso
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import mostra
from casi.views.porta import dichiara
from casi.views.stati import UNPROCESSABLE

CONSEGUENZE = {
    Passo.ASSEGNA: _("La persona che scegli riceve un avviso, e accetta o rifiuta. Fino ad allora non vede il caso."),
    Passo.RIASSEGNA: _("Chi ne risponde adesso smette di vederlo subito. La nuova persona lo vede quando accetta."),
    Passo.CONTROFIRMA: _("Il caso ha voci riservate: con la tua controfirma chi lo segue può chiuderlo."),
    Passo.TRASFERISCE: _(
        "Chi lo segue adesso, nel tuo ente e negli altri, smette di vederlo subito. Il numero resta. Quando il nuovo "
        "ente accetta, legge il diario e gli allegati del tuo; le note professionali e le voci riservate no."
    ),
}
# Why there is nobody to choose, and who can change that.
NESSUNO = _("Oggi nel tuo ente nessun assistente sociale può prendere casi: accreditane uno da «Rete».")
VUOTI = {
    Passo.ASSEGNA: NESSUNO,
    Passo.RIASSEGNA: NESSUNO,
    Passo.TRASFERISCE: _(
        "Oggi nessun altro ente della rete ha un coordinatore che possa ricevere il caso. Il caso resta al tuo ente."
    ),
}


SEZIONI = {
    selectors.DA_ASSEGNARE_ORA: (
        _("Da assegnare"),
        _("Nessun caso da assegnare. Compaiono qui quando comincia la valutazione, o quando chi avevi scelto rifiuta."),
    ),
    selectors.SENZA_RESPONSABILE: (_("Senza responsabile"), ""),
    selectors.DA_CONTROFIRMARE: (_("Da controfirmare"), ""),
    selectors.IN_ATTESA: (_("Aspettano una risposta"), _("Nessuno ti deve una risposta.")),
    selectors.PRESI: (_("Presi in carico"), ""),
}
INDIRIZZI = {Passo.ASSEGNA: "assegna", Passo.RIASSEGNA: "assegna", Passo.CONTROFIRMA: "controfirma"}


@require_http_methods(METODI)
@dichiara(Azione.ELENCARE_DA_ASSEGNARE)
def elenco(request: HttpRequest, attore: Attore) -> HttpResponse:
    """The desk; by POST, so that no number is in an address, the one case with a number, closed ones too."""
    form = NumeroDelCaso(request.POST if request.method == "POST" else None)
    if form.is_valid():
        caso = selectors.per_numero(attore, form.cleaned_data["numero"])
        answer: dict[str, object] = {"riga": (caso, _passi(caso)) if caso else None, "modulo": NumeroDelCaso()}
        return mostra(request, "casi/assegnazioni_numero.html", answer)
    scelta = PaginaDelBanco(request.GET)
    sezione, pagina = scelta.scelta
    found = selectors.assegnazioni(attore, sezione, pagina)
    shown: dict[str, object] = {
        "sezioni": [_sezione(nome, found.sezioni[nome]) for nome in SEZIONI if nome in found.sezioni],
        "una": sezione,
        "affidamenti": [] if sezione else da_decidere(attore),
        "modulo": form,
    }
    return mostra(request, "casi/assegnazioni.html", shown, status=UNPROCESSABLE if form.errors else 200)


def _sezione(nome: str, found: selectors.Sezione) -> dict[str, object]:
    titolo, vuota = SEZIONI[nome]
    righe = [(caso, _passi(caso)) for caso in found.casi]
    return {
        "nome": nome,
        "id": nome.replace("_", "-"),
        "titolo": titolo,
        "vuota": vuota,
        "righe": righe,
        "trovati": found,
    }


def _passi(caso: Any) -> list[dict[str, object]]:
    """What the coordinator may do next with a case on his desk."""
    found = []
    for each in sorted(del_coordinatore(caso.stato), key=lambda step: step.passo is not Passo.CONTROFIRMA):
        if each.passo is Passo.CONTROFIRMA and not caso.attende_controfirma:
            continue
        waits = caso.sezione == selectors.IN_ATTESA and each.passo in (Passo.ASSEGNA, Passo.RIASSEGNA)
        titolo = _("Scegli un'altra persona") if waits else each.etichetta
        found.append(
            {"titolo": titolo, "url": reverse(f"casi:{INDIRIZZI.get(each.passo, 'trasferisci')}", args=[caso.pk])}
        )
    return found


@require_http_methods(METODI)
@dichiara(Azione.ASSEGNARE)
def assegna(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto = open_caso(attore, pk, Azione.ASSEGNARE)
    argomenti = {"assistenti": selectors.assistenti(attore)}
    return _passo(request, attore, aperto, (Passo.ASSEGNA, Passo.RIASSEGNA), Assegnazione, argomenti)


@require_http_methods(METODI)
@dichiara(Azione.TRASFERIRE)
def trasferisci(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto = open_caso(attore, pk, Azione.TRASFERIRE)
    argomenti = {"enti": selectors.enti_a_cui_passare(attore.operatore.ente_id)}
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
    argomenti: Mapping[str, QuerySet],
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
            "vuoto": "" if all(rows.exists() for rows in argomenti.values()) else VUOTI[found.passo],
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
