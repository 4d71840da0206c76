"""The one way in which a case goes on: a step of `casi.percorso`, its conditions, its consequences, its trace."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from casi.actions.effetti import EFFETTI
from casi.actions.guardie import GUARDIE, motivo
from casi.actions.mossa import Dati, Mossa
from casi.actions.serratura import claim, require
from casi.attore import Attore
from casi.errori import Impossibile, Superato, Vietato
from casi.models import Caso, Passaggio
from casi.percorso import MOTIVO_ALTROVE, TRANSIZIONI, Passo, transizione
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.proposte import lock_proposed

NIENTE = Dati()
RISCRIVONO = frozenset({Passo.FISSA_VERIFICA, Passo.AIUTA_SUBITO})
AZIONI = {each.passo: each.azione for each in TRANSIZIONI}


@transaction.atomic
def step(*, by: Attore, caso: UUID, passo: Passo, dati: Dati = NIENTE, letta: int | None = None) -> Passaggio:
    """Take `passo` on the case. Raises Vietato, PassoNonPrevisto, Impossibile, Superato; then nothing has changed.

    `letta`: the version of the case that was read, where the same button means another step a moment later, or the step
    writes over what somebody else may have written meanwhile (`RISCRIVONO`).
    """
    azione = AZIONI[passo]
    locked = _proposed(by, caso) if azione is Azione.ACCETTARE else claim(by, azione, caso, anche_finito=True)
    if letta is not None and locked.versione != letta:
        if passo in RISCRIVONO:
            raise Superato(locked)
        raise Impossibile(_("Il caso intanto è cambiato e non abbiamo fatto nulla: riapri questa pagina, poi scegli."))
    da = locked.stato
    mossa = Mossa(by, locked, transizione(da, passo), dati)
    motivo(mossa)
    for guardia in mossa.transizione.guardie:
        GUARDIE[guardia](mossa)
    for effetto in mossa.transizione.effetti:
        EFFETTI[effetto](mossa)
    passaggio = _move(mossa, da)
    record(by, azione, casi=[caso], dettaglio=Dettaglio(passaggio, finalita=passo))
    return passaggio


def _proposed(by: Attore, caso: UUID) -> Caso:
    """The case for the one it was assigned to, who cannot open it yet. Raises Vietato for everybody else."""
    require(by, Azione.ACCETTARE)
    locked = lock_proposed(by, caso)
    if locked is None:
        raise Vietato
    return locked


def _move(mossa: Mossa, da: str) -> Passaggio:
    """To where the step leads; where it names no state, the one an effect has chosen, or the same."""
    caso = mossa.caso
    caso.stato = mossa.transizione.arrivo(caso.stato)
    caso.versione += 1
    caso.full_clean()
    caso.save()
    kept = "" if mossa.transizione.passo in MOTIVO_ALTROVE else mossa.dati.motivo
    passaggio = Passaggio(
        caso=caso, da=da, a=caso.stato, passo=mossa.transizione.passo, operatore=mossa.by.operatore, motivo=kept
    )
    passaggio.full_clean()
    passaggio.save()
    return passaggio
