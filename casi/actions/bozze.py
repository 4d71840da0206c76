"""Drafts: what somebody is typing, kept for him alone until the form is sent (and thirty days at most)."""

import json
from uuid import UUID

from django.db import transaction

from casi.actions.serratura import require
from casi.attore import Attore
from casi.models import Bozza
from casi.ruoli import Azione

LONGEST = 200_000  # characters


@transaction.atomic
def keep(*, by: Attore, modulo: str, oggetto: UUID | None, dati: dict[str, list[str]]) -> None:
    """Keep `dati`, each field's texts, in place of the draft that was there. Too long a text is not kept."""
    require(by, Azione.ENTRARE)
    contenuto = json.dumps(dati, ensure_ascii=False)
    if len(contenuto) > LONGEST:
        return
    found = Bozza.objects.select_for_update().filter(operatore=by.operatore, modulo=modulo, oggetto=oggetto).first()
    bozza = found or Bozza(operatore=by.operatore, modulo=modulo, oggetto=oggetto)
    bozza.contenuto = contenuto
    bozza.full_clean()
    bozza.save()


@transaction.atomic
def discard(*, by: Attore, modulo: str, oggetto: UUID | None) -> None:
    """The form was sent, or the person does not want the draft."""
    require(by, Azione.ENTRARE)
    Bozza.objects.filter(operatore=by.operatore, modulo=modulo, oggetto=oggetto).delete()
