"""How to reach a person safely goes into what she is handed only if she wants it there: whom she fears may find it.

Decision 0019.
"""

from typing import Any

from casi.parole_estratto import CONTATTO_SICURO, MANCA, detta


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
