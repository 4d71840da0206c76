"""«Conflitti e sigillo»: who may not see the case, whatever else lets him."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from casi.actions import limiti as azioni
from casi.attore import Attore
from casi.forms.limiti import (
    ConflittoModulo,
    MotivoModulo,
    NominaModulo,
    SigilloModulo,
    TogliConflittoModulo,
    TogliNomeModulo,
)
from casi.ruoli import Azione
from casi.selectors.casi import open_caso
from casi.selectors.limiti import limiti
from casi.views.pagina import mostra_caso
from casi.views.passo import Passo, passo_di
from casi.views.porta import dichiara

PAGINA = "casi:limiti"
DICHIARA = Passo(
    titolo=_("Dichiara un tuo conflitto di interessi"),
    invia=_("Dichiaro il conflitto"),
    detto=_("Conflitto dichiarato: da adesso non vedi più quel caso."),
    ritorno=PAGINA,
    dopo="casi:elenco",
    form=MotivoModulo,
    conseguenze=(
        _("Da subito non vedi più il caso, nemmeno in emergenza e nemmeno per un altro ente."),
        _("Non puoi tornare indietro da solo: il conflitto lo toglie un'altra persona."),
        _("Chi risponde del caso riceve un avviso, e nessun altro legge il motivo."),
    ),
    grave=True,
)
SCRIVI = Passo(
    titolo=_("Scrivi il conflitto di un collega"),
    invia=_("Scrivi il conflitto"),
    detto=_("Conflitto scritto: quella persona non vede più il caso."),
    ritorno=PAGINA,
    form=ConflittoModulo,
    conseguenze=(_("Da subito quella persona non vede più il caso, per nessuno dei suoi enti."),),
    grave=True,
)
TOGLI = Passo(
    titolo=_("Togli un conflitto"),
    invia=_("Togli il conflitto"),
    detto=_("Conflitto tolto."),
    ritorno=PAGINA,
    form=TogliConflittoModulo,
    conseguenze=(_("Chi è assegnato al caso lo rivede subito."),),
)
SIGILLA = Passo(
    titolo=_("Sigilla il caso"),
    invia=_("Sigilla il caso"),
    detto=_("Caso sigillato."),
    ritorno=PAGINA,
    form=SigilloModulo,
    conseguenze=(
        _("Da subito lo aprono solo le persone nominate: tu, e chi scegli qui sotto."),
        _("Per tutti gli altri il caso non esiste, nemmeno in emergenza."),
        _("Chi nomini deve essere anche assegnato al caso."),
        _("I coordinatori del tuo ente sono nominati sempre: lo vedono solo per numero, e lo danno se tu non ci sei."),
    ),
    grave=True,
)
NOMINA = Passo(
    titolo=_("Aggiungi un nome al sigillo"),
    invia=_("Aggiungi"),
    detto=_("Nome aggiunto."),
    ritorno=PAGINA,
    form=NominaModulo,
    conseguenze=(_("Il nome da solo non basta: questa persona deve essere anche assegnata al caso."),),
)
TOGLI_NOME = Passo(
    titolo=_("Togli un nome dal sigillo"),
    invia=_("Togli il nome"),
    detto=_("Nome tolto: quella persona non vede più il caso."),
    ritorno=PAGINA,
    form=TogliNomeModulo,
    conseguenze=(_("Da subito quella persona non vede più il caso."),),
    grave=True,
)
DISSIGILLA = Passo(
    titolo=_("Togli il sigillo"),
    invia=_("Togli il sigillo"),
    detto=_("Sigillo tolto."),
    ritorno=PAGINA,
    conseguenze=(_("Da subito lo vedono di nuovo tutte le persone assegnate. L'elenco dei nomi resta nella storia."),),
    grave=True,
)


@require_safe
@dichiara(Azione.DICHIARARE_CONFLITTO)
def scheda(request: HttpRequest, attore: Attore, pk: UUID) -> HttpResponse:
    aperto = open_caso(attore, pk, Azione.DICHIARARE_CONFLITTO)
    return mostra_caso(request, "casi/limiti/scheda.html", aperto, {"limiti": limiti(aperto)})


dichiara_conflitto = passo_di(Azione.DICHIARARE_CONFLITTO, DICHIARA, azioni.declare)
scrivi_conflitto = passo_di(Azione.CONDIVIDERE, SCRIVI, azioni.write_conflict)
togli_conflitto = passo_di(Azione.CONDIVIDERE, TOGLI, azioni.lift_conflict)
sigilla = passo_di(Azione.SIGILLARE, SIGILLA, azioni.seal)
nomina = passo_di(Azione.SIGILLARE, NOMINA, azioni.add_name)
togli_nome = passo_di(Azione.SIGILLARE, TOGLI_NOME, azioni.remove_name)
dissigilla = passo_di(Azione.SIGILLARE, DISSIGILLA, azioni.unseal)
