"""On what a permission rests: the rows behind the facts that make the decision's own rule true (domain.md §5.4)."""

from uuid import UUID

from casi import policies
from casi.attore import Attore
from casi.condizioni import relied_on
from casi.fatti import Fatti
from casi.ruoli import Azione


def keep(attore: Attore, azione: Azione, pk: UUID, facts: Fatti) -> list[str]:
    """Names of the facts by which the decision has said yes. Their rows stay with `attore`: what is written about the
    action goes after it, when it may have ended them."""
    names = relied_on(policies.rule(attore.operatore.ruolo, azione), facts)
    attore.titoli[azione, pk] = [riga for name in names for riga in facts.righe.get(name, ())]
    return names
