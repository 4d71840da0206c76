"""Reading one's own drafts; nobody else's can be asked for."""

import json
from uuid import UUID

from casi.attore import Attore
from casi.models import Bozza


def draft(attore: Attore, modulo: str, oggetto: UUID | None) -> dict[str, list[str]]:
    """Each field's texts as they were typed; empty when there is no draft."""
    found = Bozza.objects.filter(operatore=attore.operatore, modulo=modulo, oggetto=oggetto).first()
    return json.loads(found.contenuto) if found else {}
