"""Disposal lists, by who has just read them."""

from collections.abc import Collection
from uuid import UUID

from casi.actions import conservazione
from casi.attore import Attore
from casi.models import Scarto
from casi.selectors.conservazione import segni


def hold(*, by: Attore, scarto: UUID, voci: Collection[int]) -> None:
    read = segni(Scarto.objects.get(pk=scarto)).versione
    conservazione.hold(by=by, scarto=scarto, voci=voci, letta=read)
