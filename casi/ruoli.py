"""What each role may do in the case area. Data only: `policies` reads it, docs/permessi.md is printed from it."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from catalogo.models.operatore import RuoloOperatore


class Azione(StrEnum):
    """Everything that can be done in the area. A view declares one; nothing is done without one."""

    ENTRARE = "entrare"
    ELENCARE_CASI = "elencare_casi"
    VEDERE_CASO = "vedere_caso"


DESCRIZIONI: dict[Azione, Promise] = {
    Azione.ENTRARE: _("Apre «Il mio lavoro» e sceglie per quale ente agisce."),
    Azione.ELENCARE_CASI: _("Vede l'elenco dei casi a cui è assegnato, con il solo numero e lo stato."),
    Azione.VEDERE_CASO: _("Apre un caso a cui è assegnato."),
}

# The guardian permission a person needs on the case itself, besides the role.
PERMESSI: dict[Azione, str] = {
    Azione.ELENCARE_CASI: "view_caso",
    Azione.VEDERE_CASO: "view_caso",
}


@dataclass(frozen=True)
class Ruolo:
    descrizione: Promise
    azioni: frozenset[Azione]


SOLO_ENTRARE = frozenset({Azione.ENTRARE})
SUI_PROPRI_CASI = SOLO_ENTRARE | {Azione.ELENCARE_CASI, Azione.VEDERE_CASO}

RUOLI: dict[str, Ruolo] = {
    RuoloOperatore.REFERENTE: Ruolo(
        _("Segue per la propria associazione i casi in cui l'ente è ammesso e a cui è assegnato."), SUI_PROPRI_CASI
    ),
    RuoloOperatore.VOLONTARIO_ASCOLTO: Ruolo(_("Ascolta, e segue i casi a cui è assegnato."), SUI_PROPRI_CASI),
    RuoloOperatore.OPERATORE_SPORTELLO: Ruolo(_("Lavora allo sportello: non apre casi."), SOLO_ENTRARE),
    RuoloOperatore.ASSISTENTE_SOCIALE: Ruolo(_("Ha la responsabilità dei casi assegnati."), SUI_PROPRI_CASI),
    RuoloOperatore.COORDINATORE: Ruolo(_("Assegna i casi senza leggerli."), SOLO_ENTRARE),
    RuoloOperatore.RESPONSABILE_PRIVACY: Ruolo(_("Controlla gli accessi, non i casi."), SOLO_ENTRARE),
}
