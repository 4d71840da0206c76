"""Opening a case from a conversation, a request or an alert."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from casi.actions.arrivi import lock
from casi.actions.incarichi import give
from casi.actions.origini import bring_along, lock_ascolto, perche_concluso
from casi.actions.serratura import require
from casi.attore import Attore
from casi.errori import Impossibile
from casi.models import Caso, Componente, Nucleo, Parte, Passaggio, Persona, PrimoAscolto, RuoloNelNucleo, StatoCaso
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from catalogo.models import Accordo

SOLO_CAPOFILA = _("I casi li apre l'ente capofila della rete: proponi la presa in carico nell'ascolto.")


@transaction.atomic
def apri(*, by: Attore, tipo: str, fonte: UUID, comune: Any = None, **persona: Any) -> Caso:
    """A case of the actor's lead body, with a household of one, the actor responsible for it.

    It starts in evaluation after a conversation, else at the conversation that is still to come. What it came from,
    and what came before that, belongs to it from now on. Raises Vietato, Assente, Impossibile, ValidationError.
    """
    require(by, Azione.APRIRE_CASO)
    if not _leads(by):
        raise Impossibile(SOLO_CAPOFILA)
    riga = lock_ascolto(by, fonte) if tipo == "ascolto" else lock(by, tipo, fonte)
    stato = StatoCaso.IN_VALUTAZIONE if isinstance(riga, PrimoAscolto) else StatoCaso.PRIMO_ASCOLTO
    caso = Caso(ente_titolare=by.operatore.ente, nucleo=_household(persona), comune=comune, stato=stato)
    caso.full_clean()
    caso.save()
    Passaggio.objects.create(caso=caso, a=stato, operatore=by.operatore)
    give(by, caso, by.operatore, Parte.RESPONSABILE)
    bring_along(caso, riga)
    record(by, Azione.APRIRE_CASO, casi=[caso.pk], dettaglio=Dettaglio(riga))
    return caso


def perche_no(attore: Attore, riga: Any) -> str:
    """Why `apri` would open none from `riga`, in a sentence; empty where it would."""
    return perche_concluso(riga) if _leads(attore) else str(SOLO_CAPOFILA)


def _leads(attore: Attore) -> bool:
    return Accordo.objects.in_force(timezone.localdate()).filter(capofila=attore.operatore.ente).exists()


def _household(persona: dict[str, Any]) -> Nucleo:
    nucleo, riferimento = Nucleo.objects.create(), Persona(**persona)
    riferimento.full_clean()
    riferimento.save()
    componente = Componente(
        nucleo=nucleo, persona=riferimento, ruolo=RuoloNelNucleo.RIFERIMENTO, dal=timezone.localdate()
    )
    componente.full_clean()
    componente.save()
    return nucleo
