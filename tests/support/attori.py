"""Who acts, in tests that ask the decision without a browser."""

from casi import policies
from casi.attore import Attore
from catalogo.models import Operatore


def attore_for(operatore: Operatore, **facts: bool) -> Attore:
    """`operatore` in a session that has shown its second factor, just now too; `facts` say otherwise."""
    return Attore(
        operatore=operatore,
        sessione="0" * 64,
        indirizzo="192.0.2.1",
        **{"secondo_fattore": True, "confermato": True, **facts},
    )


def at_the_door(attore: Attore) -> Attore:
    """The same, as the door of a page reads who acts: how many networks there are is known with his tie."""
    me = attore.operatore
    return attore_for(policies.ties_of(me.utente_id).get(pk=me.pk))
