"""The first line of every write on a case: lock it, ask the decision, go on only with a yes."""

from uuid import UUID

from django.utils.translation import gettext as _

from casi import policies
from casi.attore import Attore
from casi.errori import Impossibile, Vietato
from casi.models import Caso
from casi.percorso import FINITI
from casi.ruoli import Azione

# What `claim` refuses where the path is over, but for what is a person's right: no page has a button for it there.
SCRIVONO = frozenset(
    {
        Azione.ASCOLTARE,
        Azione.VALUTARE,
        Azione.SCRIVERE_DIARIO,
        Azione.SCRIVERE_NOTE,
        Azione.NOMINARE_LETTORI,
        Azione.AFFIDARE_VOCI,
        Azione.CONTROFIRMARE,
        Azione.SCRIVERE_INTERVENTI,
        Azione.MODIFICARE_PERSONE,
        Azione.FONDERE_PERSONE,
        Azione.PROPORRE_OPERATORE,
    }
)


def claim(by: Attore, azione: Azione, pk: UUID, *, anche_finito: bool = False) -> Caso:
    """The case, locked to the end of the transaction. Raises Vietato for who may not, and for no such case; Impossibile
    where the path is over, unless `anche_finito`: then only what goes on with it, takes away or is a person's right.

    Sharing, withdrawing and writing wait for each other here: what was asked before the lock is asked again after it.
    Not its key: a notice about it, written while one acts on another case, waits for nobody.
    """
    caso = Caso.objects.select_for_update(no_key=True).filter(pk=pk).first()
    facts = policies.facts_on(by, pk)
    if not (caso and facts and policies.allowed_by_role(by, azione) and azione in policies.azioni_con(by, facts)):
        raise Vietato(azione, pk)
    by.rests_on(azione, pk, facts.grounds(azione))
    if caso.stato in FINITI and not anche_finito:
        text = _("Il caso è %(stato)s: riaprilo per scrivere.")
        raise Impossibile(text % {"stato": caso.get_stato_display().lower()})
    return caso


def require(by: Attore, azione: Azione) -> None:
    """The same for what is about no case. Raises Vietato."""
    if not policies.may(by, azione):
        raise Vietato(azione)
