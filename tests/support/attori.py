"""Who acts, in tests that ask the decision without a browser."""

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
