"""Reading catalogo/dati."""

import json
from functools import cache

from catalogo.percorsi import DATI


@cache
def read(name: str) -> dict:
    """Content of `name`.json; shared, so nobody changes it."""
    return json.loads((DATI / f"{name}.json").read_text(encoding="utf-8"))
