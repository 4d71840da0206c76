"""The steps of a case for who works on it, and the answer of the social worker it was assigned to."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from casi.actions.mossa import Dati
from casi.actions.percorso import AZIONI, RISCRIVONO, step
from casi.attore import Attore
from casi.errori import Impossibile
from casi.forms.base import Modulo
from casi.forms.percorso import MODULI, Accettazione, Conferma, Passaggio, Rifiuto
from casi.percorso import SENZA_PRESA, Passo, transizione
from casi.ruoli import Azione
from casi.selectors.casi import open_caso
from casi.selectors.chiusura import chiusura
from casi.selectors.proposte import apri_proposta
from casi.views.modulo import METODI, Pagina, gestisci
from casi.views.pagina import contesto_di, mostra_caso
from casi.views.porta import View, dichiara
from casi.views.scaduta import scritto_in
from casi.views.stati import CONFLICT

DOPO_NON_LO_VEDI = _("Da quel momento gli altri enti e le altre persone che lo seguono non lo vedono più.")
# What whoever takes the step should know beforehand.
CONSEGUENZE = {
    Passo.ASCOLTA: _("Il caso passa a «Primo ascolto»."),
    Passo.VALUTA: _("Il caso passa a «In valutazione». Da qui il coordinatore lo può assegnare."),
    Passo.RIPRENDE: _("Il caso torna «Preso in carico»."),
    Passo.ORIENTA: _("Il percorso finisce qui: sono bastate le informazioni. Chi collabora non lo vede più."),
    Passo.NON_PRENDE: _("Il percorso finisce qui. Chi collabora non lo vede più."),
    Passo.SOSPENDE: _("Chi segue il caso continua a vederlo. Lo riprendi quando vuoi."),
    Passo.AVVIA_CHIUSURA: _("Gli enti finiscono quello che stanno facendo. Il caso si chiude con un passo a parte."),
    Passo.ANNULLA_CHIUSURA: _(
        "Il caso torna com'era prima di avviarla. Se il coordinatore aveva controfirmato, la prossima volta lo rifà."
    ),
    Passo.CHIUDE: DOPO_NON_LO_VEDI,
    Passo.RIAPRE: _("Il caso torna solo a te: enti e persone che lo seguivano vanno ammessi di nuovo."),
}


def passo(quale: Passo) -> View:
    """The page of one step."""

    @require_http_methods(METODI)
    @dichiara(AZIONI[quale])
    def pagina_del_passo(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
        aperto = open_caso(attore, pk, AZIONI[quale])
        try:
            fatta = transizione(aperto.caso.stato, quale)
        except Impossibile as no:
            shown: dict[str, object] = {"perche": no, "scritto": scritto_in(request)}
            status = CONFLICT if request.method == "POST" else 200
            return mostra_caso(request, "casi/percorso_non_ora.html", aperto, shown, status=status)
        lista = chiusura(attore, aperto.caso, aperto.azioni) if quale is Passo.CHIUDE else None
        page = Pagina(
            template="casi/percorso.html",
            form=MODULI.get(quale, Conferma),
            do=lambda form: _done(attore, pk, quale, form, "casi:scheda"),
            detto=str(fatta.fatto) + ".",
            oggetto=pk,
            initial={"versione": aperto.caso.versione},
            contesto={
                **contesto_di(aperto),
                "transizione": fatta,
                "conseguenza": CONSEGUENZE.get(quale, ""),
                "lista": lista,
                "annulla": reverse("casi:scheda", args=[pk]),
            },
        )
        return gestisci(request, attore, page)

    return pagina_del_passo


@require_http_methods(METODI)
@dichiara(Azione.ACCETTARE)
def accetta(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    return _risposta(request, attore, pk, Passo.ACCETTA)


@require_http_methods(METODI)
@dichiara(Azione.ACCETTARE)
def rifiuta(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    return _risposta(request, attore, pk, Passo.RIFIUTA)


def _risposta(request: HttpRequest, attore: Attore, pk: UUID, quale: Passo) -> HttpResponse:
    """Yes leads to the case, no back to one's own work: who declined does not see it."""
    presa = apri_proposta(attore, pk)
    yes = quale is Passo.ACCETTA
    accepting = Passaggio if presa.caso.stato in SENZA_PRESA else Accettazione
    page = Pagina(
        template="casi/percorso_risposta.html",
        form=accepting if yes else Rifiuto,
        do=lambda form: _done(attore, pk, quale, form, "casi:scheda" if yes else "casi:lavoro"),
        detto=str(_("Il caso è tuo.") if yes else _("Hai rifiutato: il caso torna al coordinatore.")),
        contesto={"presa": presa, "accetta": yes, "annulla": reverse("casi:lavoro")},
    )
    return gestisci(request, attore, page)


def _done(attore: Attore, pk: UUID, quale: Passo, form: Modulo, verso: str) -> str:
    letta = (form.cleaned_data["versione"] or 0) if quale in RISCRIVONO else None
    passaggio = step(by=attore, caso=pk, passo=quale, dati=Dati.da(form.campi), letta=letta)
    return reverse(verso, args=[passaggio.caso_id] if verso == "casi:scheda" else None)
