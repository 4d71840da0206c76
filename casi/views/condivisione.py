"""«Chi lavora al caso»: which bodies, which people, and the steps that let them in or out."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from casi.actions import ammissioni, incarichi
from casi.attore import Attore
from casi.forms.condivisione import (
    AmmissioneModulo,
    AssegnaModulo,
    CondizioniModulo,
    OpposizioneModulo,
    PropostaModulo,
    RispostaModulo,
)
from casi.ruoli import Azione
from casi.selectors.casi import open_caso, open_parte
from casi.selectors.condivisione import ammissione_di, condivisione, incarico_di, opposizione_di, proposta_di
from casi.views.modulo import METODI
from casi.views.pagina import mostra_caso
from casi.views.passo import Passo, Qui, passo_di, segui
from casi.views.porta import dichiara

PAGINA = "casi:condivisione"
AMMETTI = Passo(
    titolo=_("Ammetti un ente"),
    invia=_("Ammetti l'ente"),
    detto=_("Ente ammesso. Ora assegna le sue persone: il caso lo vede solo chi assegni."),
    ritorno=PAGINA,
    form=AmmissioneModulo,
    conseguenze=(
        _("Puoi ammettere solo enti che oggi sono nella rete."),
        _("L'ente vede ciò che scegli qui, attraverso le sole persone che assegni."),
    ),
)
CAMBIA = Passo(
    titolo=_("Cambia ciò che vede"),
    invia=_("Cambia da adesso"),
    detto=_("Fatto: vale da adesso."),
    ritorno=PAGINA,
    form=CondizioniModulo,
    conseguenze=(_("Le condizioni di prima finiscono ora e restano nella storia del caso."),),
    template="casi/condivisione/cambia.html",
)
REVOCA = Passo(
    titolo=_("Togli l'ente dal caso"),
    invia=_("Togli l'ente"),
    detto=_("L'ente non vede più il caso."),
    ritorno=PAGINA,
    conseguenze=(
        _("Da subito nessuna delle sue persone vede il caso, e ricevono un avviso che non dice quale."),
        _("Quello che l'ente ha scritto resta nel caso: non si cancella nulla."),
        _("Se lo ammetti di nuovo, le sue persone vanno assegnate da capo."),
    ),
    grave=True,
    template="casi/condivisione/revoca.html",
)
ASSEGNA = Passo(
    titolo=_("Assegna una persona"),
    invia=_("Assegna"),
    detto=_("Persona assegnata: da adesso vede il caso."),
    ritorno=PAGINA,
    form=AssegnaModulo,
    conseguenze=(_("Trovi qui le persone del tuo ente e degli enti ammessi."),),
)
TOGLI = Passo(
    titolo=_("Togli una persona dal caso"),
    invia=_("Togli la persona"),
    detto=_("Questa persona non vede più il caso."),
    ritorno=PAGINA,
    conseguenze=(
        _("Da subito non vede più il caso, e riceve un avviso che non dice quale."),
        _("Quello che ha scritto resta nel caso."),
    ),
    grave=True,
)
PROPONI = Passo(
    titolo=_("Proponi una persona del tuo ente"),
    invia=_("Proponi"),
    detto=_("Proposta mandata. Finché il responsabile del caso non risponde, non cambia niente."),
    ritorno=PAGINA,
    form=PropostaModulo,
)
RISPONDI = Passo(
    titolo=_("Rispondi alla proposta"),
    invia=_("Rispondi"),
    detto=_("Risposta data."),
    ritorno=PAGINA,
    form=RispostaModulo,
)
OPPONI = Passo(
    titolo=_("La persona non vuole un ente"),
    invia=_("Scrivi l'opposizione"),
    detto=_("Opposizione scritta."),
    ritorno=PAGINA,
    form=OpposizioneModulo,
    conseguenze=(
        _("L'ente non potrà essere ammesso finché la persona non cambia idea."),
        _("Se oggi è ammesso, esce da subito con tutte le sue persone."),
    ),
    grave=True,
)
RITIRA = Passo(
    titolo=_("La persona ha cambiato idea"),
    invia=_("Togli l'opposizione"),
    detto=_("Opposizione tolta: l'ente può essere ammesso, se serve."),
    ritorno=PAGINA,
)


@require_safe
@dichiara(Azione.VEDERE_CASO)
def scheda(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto = open_caso(attore, pk, Azione.VEDERE_CASO)
    return mostra_caso(request, "casi/condivisione/scheda.html", aperto, {"chi": condivisione(attore, aperto)})


ammetti = passo_di(Azione.CONDIVIDERE, AMMETTI, ammissioni.admit)


@require_http_methods(METODI)
@dichiara(Azione.CONDIVIDERE)
def cambia(request: HttpRequest, attore: Attore, pk: UUID, ammissione: UUID) -> HttpResponse:
    aperto, row = open_parte(attore, pk, Azione.CONDIVIDERE, lambda caso: ammissione_di(caso, ammissione))
    names = ("finalita", "base_giuridica", "informativa", "ambiti", "al")
    qui = Qui(attore, aperto, row.ente.nome, {name: value for name in names if (value := getattr(row, name))})
    return segui(
        request,
        qui,
        CAMBIA,
        lambda modulo: ammissioni.rescope(by=attore, caso=pk, ammissione=ammissione, **modulo.campi),
    )


@require_http_methods(METODI)
@dichiara(Azione.CONDIVIDERE)
def revoca(request: HttpRequest, attore: Attore, pk: UUID, ammissione: UUID) -> HttpResponse:
    aperto, row = open_parte(attore, pk, Azione.CONDIVIDERE, lambda caso: ammissione_di(caso, ammissione))
    qui = Qui(attore, aperto, row.ente.nome)
    return segui(request, qui, REVOCA, lambda _: ammissioni.withdraw(by=attore, caso=pk, ammissione=ammissione))


assegna = passo_di(Azione.CONDIVIDERE, ASSEGNA, incarichi.assign)


@require_http_methods(METODI)
@dichiara(Azione.CONDIVIDERE)
def togli(request: HttpRequest, attore: Attore, pk: UUID, incarico: UUID) -> HttpResponse:
    aperto, row = open_parte(attore, pk, Azione.CONDIVIDERE, lambda caso: incarico_di(caso, incarico))
    qui = Qui(attore, aperto, str(row.operatore.utente))
    return segui(request, qui, TOGLI, lambda _: incarichi.dismiss(by=attore, caso=pk, incarico=incarico))


proponi = passo_di(Azione.PROPORRE_OPERATORE, PROPONI, incarichi.propose)


@require_http_methods(METODI)
@dichiara(Azione.CONDIVIDERE)
def rispondi(request: HttpRequest, attore: Attore, pk: UUID, proposta: UUID) -> HttpResponse:
    aperto, row = open_parte(attore, pk, Azione.CONDIVIDERE, lambda caso: proposta_di(caso, proposta))
    qui = Qui(attore, aperto, f"{row.operatore.utente} · {row.operatore.ente}")
    return segui(
        request, qui, RISPONDI, lambda modulo: incarichi.decide(by=attore, caso=pk, proposta=proposta, **modulo.campi)
    )


opponi = passo_di(Azione.CONDIVIDERE, OPPONI, ammissioni.oppose)


@require_http_methods(METODI)
@dichiara(Azione.CONDIVIDERE)
def ritira(request: HttpRequest, attore: Attore, pk: UUID, opposizione: UUID) -> HttpResponse:
    aperto, row = open_parte(attore, pk, Azione.CONDIVIDERE, lambda caso: opposizione_di(caso, opposizione))
    qui = Qui(attore, aperto, row.ente.nome)
    return segui(request, qui, RITIRA, lambda _: ammissioni.accept_again(by=attore, caso=pk, opposizione=opposizione))
