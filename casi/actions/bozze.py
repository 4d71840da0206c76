"""Drafts: what somebody is typing, kept for him alone until the form is sent.

Thirty days at most; a request said aloud, until midnight (`selectors.bozze.DI_OGGI`).
"""

import json
from uuid import UUID

from django.db import transaction

from casi.actions.serratura import require
from casi.attore import Attore
from casi.errori import Assente
from casi.models import Bozza
from casi.ruoli import Azione
from catalogo.models import Operatore

LONGEST = 200_000  # characters
MOST = 50  # of one person: the oldest give way
MODULI = frozenset(
    (
        "apertura",
        "ascolto",
        "ascolto_sul_caso",
        "chiusura",
        "diario",
        "diario-correzione",
        "informata",
        "intervento",
        "non_presa",
        "passo_arrivo",
        "persona",
        "raccolta",
        "seguito",
        "valutazione",
    )
)


@transaction.atomic
def keep(*, by: Attore, modulo: str, oggetto: UUID | None, dati: dict[str, list[str]]) -> None:
    """Keep `dati`, each field's texts, in place of the draft that was there. Too long a text is not kept.

    Two pages of one person that send theirs at once wait for each other. Raises Vietato, Assente (no such form).
    """
    require(by, Azione.ENTRARE)
    if modulo not in MODULI:
        raise Assente
    contenuto = json.dumps(dati, ensure_ascii=False)
    if len(contenuto) > LONGEST:
        return
    Operatore.objects.select_for_update(no_key=True).get(pk=by.operatore.pk)
    found = Bozza.objects.filter(operatore=by.operatore, modulo=modulo, oggetto=oggetto).first()
    bozza = found or Bozza(operatore=by.operatore, modulo=modulo, oggetto=oggetto)
    bozza.contenuto = contenuto
    bozza.full_clean()
    bozza.save()
    mine = Bozza.objects.filter(operatore=by.operatore).order_by("-scritta_il", "pk")
    Bozza.objects.filter(pk__in=list(mine.values_list("pk", flat=True)[MOST:])).delete()


@transaction.atomic
def discard(*, by: Attore, modulo: str, oggetto: UUID | None) -> None:
    """The form was sent, or its writer begins again."""
    require(by, Azione.ENTRARE)
    Bozza.objects.filter(operatore=by.operatore, modulo=modulo, oggetto=oggetto).delete()
