"""From what a case is opened, and what is known already, so that nobody types it twice."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from casi.attore import Attore
from casi.lingue import IN_ITALIANO
from casi.models import Canale, PrimoAscolto, Richiesta
from casi.ruoli import Azione
from casi.selectors.arrivi import open_arrivo
from casi.selectors.ascolti import detto_di_se, open_ascolto


@dataclass(frozen=True)
class Fonte:
    """`riga`: the conversation, request or alert. `noto`: first values of the new person's fields."""

    riga: Any
    noto: dict[str, Any]


def open_fonte(attore: Attore, tipo: str, pk: UUID) -> Fonte:
    """Registered as a read of that row. Raises Assente for absent and forbidden alike."""
    if tipo == "ascolto":
        ascolto = open_ascolto(attore, pk)
        asked = _of_request(ascolto.richiesta) if ascolto.richiesta else {}
        return Fonte(ascolto, {**asked, **detto_di_se(ascolto)})
    arrivo = open_arrivo(attore, tipo, pk, Azione.APRIRE_CASO)
    return Fonte(arrivo, _of_request(arrivo) if isinstance(arrivo, Richiesta) else {"comune": arrivo.comune})


def _of_request(richiesta: Richiesta) -> dict[str, Any]:
    """What a person has said of herself; nothing of it if she was asking for somebody else."""
    if richiesta.per_conto:
        return {"comune": richiesta.comune}
    by_mail = richiesta.canale == Canale.EMAIL
    return {
        "nome": richiesta.nome,
        "email" if by_mail else "telefono": richiesta.contatto,
        "contatto_sicuro": richiesta.contatto_sicuro,
        "lingua": IN_ITALIANO.get(richiesta.lingua, richiesta.lingua),
        "interprete": richiesta.interprete,
        "comune": richiesta.comune,
    }


def bisogni_di(fonte: Fonte) -> list[str]:
    return fonte.riga.bisogni if isinstance(fonte.riga, PrimoAscolto | Richiesta) else []
