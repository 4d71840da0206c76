"""How to reach a person safely goes into what she is handed only if she wants it there: whom she fears may find it.

Where there is a reason to fear somebody, no text is proposed for anybody's copy either.

Decision 0019.
"""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet

from casi import policies
from casi.attore import Attore
from casi.models import Componente, Residenza, TipoResidenza
from casi.parole_estratto import CONTATTO_SICURO, MANCA, detta
from casi.selectors.casi import Aperto
from casi.selectors.persone import has_left


def in_danger(attore: Attore, aperto: Aperto, members: Collection[Componente]) -> bool:
    """Whether what the actor may read says that a copy in the wrong hands may do harm: the case is sealed, somebody has
    left the household, lives in a shelter, or has said how to be reached safely. `members`: of today and of before.
    """
    if aperto.caso.sigillato or any(has_left(each) or each.persona.contatto_sicuro for each in members):
        return True
    people = [each.persona_id for each in members]
    sheltered = Residenza.objects.filter(persona__in=people, tipo=TipoResidenza.STRUTTURA)
    said = (aperto.caso.richiesta_set.all(), policies.ascolti_visibili(attore, aperto.caso, aperto.azioni))
    safely = (each.filter(contatto_sicuro__isnull=False) for each in said)
    return _keys(sheltered).union(*map(_keys, safely)).exists()


def _keys(rows: QuerySet[Any]) -> QuerySet[Any]:
    return rows.order_by().values("pk")


def left_out(dati: dict[str, Any]) -> dict[str, Any]:
    """The data of a copy without it, wherever it stands, now and before a correction; that it is missing they say."""
    before = [_correction(each) for each in dati["com_era_prima"]]
    kept = {**dati, "com_era_prima": [each for each in before if each["campi"]]}
    return _without(kept) | {"mancano": [*dati["mancano"], detta(MANCA[CONTATTO_SICURO])]}


def _correction(prima: dict[str, Any]) -> dict[str, Any]:
    """With no reason where it was corrected: the reason may say it again."""
    campi = [each for each in prima["campi"] if each["campo"] != CONTATTO_SICURO]
    return prima if len(campi) == len(prima["campi"]) else {**prima, "campi": campi, "perche": ""}


def _without(said: Any) -> Any:
    if isinstance(said, list):
        return [kept for kept in map(_without, said) if kept != {}]
    if isinstance(said, dict):
        return {name: _without(value) for name, value in said.items() if name != CONTATTO_SICURO}
    return said
