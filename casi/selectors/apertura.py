"""From what a case is opened, and what is known already, so that nobody types it twice."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import transaction

from casi import policies
from casi.attore import Attore
from casi.lingue import IN_ITALIANO
from casi.models import Arrivo, Canale, PrimoAscolto, Richiesta, Segnalazione
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.arrivi import open_arrivo
from casi.selectors.ascolti import detto_di_se, open_ascolto


@dataclass(frozen=True)
class Fonte:
    """`riga`: the conversation, request or alert. `noto`: first values of the new person's fields.

    `segnalazione`: the alert it began with, if the actor may read it; to be seen while the fields are filled in.
    """

    riga: Any
    noto: dict[str, Any]
    segnalazione: Segnalazione | None = None


def open_fonte(attore: Attore, tipo: str, pk: UUID) -> Fonte:
    """Registered as a read of that row, and of the arrival a conversation answered.

    Raises Assente for absent and forbidden alike.
    """
    if tipo != "ascolto":
        arrivo = open_arrivo(attore, tipo, pk, Azione.APRIRE_CASO)
        return Fonte(arrivo, _of_arrival(arrivo), arrivo if isinstance(arrivo, Segnalazione) else None)
    return _with_what_it_answered(attore, open_ascolto(attore, pk))


@transaction.atomic
def _with_what_it_answered(attore: Attore, ascolto: PrimoAscolto) -> Fonte:
    """What the arrival says is read as well: it has a line of its own, for who asks who has read it."""
    alert = policies.arrivi_visibili(attore, Segnalazione).filter(ascolti=ascolto).first()
    if answered := ascolto.richiesta or alert:
        record(attore, Azione.APRIRE_CASO, dettaglio=Dettaglio(answered))
    return Fonte(ascolto, _together(_of_arrival(answered), detto_di_se(ascolto)), alert)


def _together(asked: dict[str, Any], said: dict[str, Any]) -> dict[str, Any]:
    """What she said last counts, but how to reach her safely is added: no warning takes another's place."""
    safe = dict.fromkeys(filter(None, (each.get("contatto_sicuro") for each in (asked, said))))
    return {**asked, **said, "contatto_sicuro": "\n".join(safe)}


def _of_arrival(arrivo: Arrivo | None) -> dict[str, Any]:
    """Of an alert, where she lives: what somebody else wrote of her is shown, and goes into no field by itself."""
    if isinstance(arrivo, Richiesta):
        return _of_request(arrivo)
    return {"comune": arrivo.comune} if arrivo else {}


def _of_request(richiesta: Richiesta) -> dict[str, Any]:
    """What a person has said of herself; nothing of it if she was asking for somebody else."""
    if richiesta.per_conto:
        return {"comune": richiesta.comune}
    # «Passo di persona» is followed by words, not by a number.
    field = {Canale.EMAIL: "email", Canale.DI_PERSONA: "contatto_sicuro"}.get(Canale(richiesta.canale), "telefono")
    safe = [richiesta.contatto] if field == "contatto_sicuro" else []
    return {
        "nome": richiesta.nome,
        field: richiesta.contatto,
        "contatto_sicuro": "\n".join(filter(None, [*safe, richiesta.contatto_sicuro])),
        "lingua": IN_ITALIANO.get(richiesta.lingua, richiesta.lingua),
        "interprete": richiesta.interprete,
        "comune": richiesta.comune,
    }


def bisogni_di(fonte: Fonte) -> list[str]:
    return fonte.riga.bisogni if isinstance(fonte.riga, PrimoAscolto | Richiesta) else []
