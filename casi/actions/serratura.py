"""The first line of every write on a case: lock it, ask the decision, go on only with a yes."""

from uuid import UUID

from casi import policies
from casi.attore import Attore
from casi.errori import Vietato
from casi.models import Caso
from casi.ruoli import Azione


def claim(by: Attore, azione: Azione, pk: UUID) -> Caso:
    """The case, locked to the end of the transaction. Raises Vietato for who may not, and for no such case.

    Sharing, withdrawing and writing wait for each other here: what was asked before the lock is asked again after it.
    """
    Caso.objects.select_for_update().filter(pk=pk).first()
    caso = policies.visible_to(by, azione).filter(pk=pk).first()
    if caso is None:
        raise Vietato(azione, pk)
    return caso


def require(by: Attore, azione: Azione) -> None:
    """The same for what is about no case. Raises Vietato."""
    if not policies.may(by, azione):
        raise Vietato(azione)
