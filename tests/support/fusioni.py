"""Undoing a merge as its page does: the one that is shown."""

from uuid import UUID, uuid4

from casi.actions import fusione
from casi.attore import Attore
from casi.selectors.fusione import merged_into


def separa(by: Attore, caso: UUID, tenuta: UUID) -> None:
    """Undo the last merge into `tenuta`. Raises as the action; where there is none, as a page that is old."""
    shown = merged_into(tenuta)
    fusione.separa(by=by, caso=caso, tenuta=tenuta, vista=shown.pk if shown else uuid4())
