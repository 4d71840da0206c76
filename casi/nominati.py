"""Whose name on a level 5 entry lets him read it (domain.md §5.2).

Freely named is whoever may write one, a social worker; of a referent the reason is written; others are never named.
"""

from django.db.models import Q, QuerySet

from casi.models import Destinatario
from casi.ruoli import RUOLI, Azione

LEGGONO = sorted(ruolo for ruolo, cosa in RUOLI.items() if Azione.VOCI_RISERVATE in cosa.azioni)
LIBERI = sorted(ruolo for ruolo, cosa in RUOLI.items() if Azione.SCRIVERE_NOTE in cosa.azioni)


def nominati() -> QuerySet[Destinatario]:
    """The names that let somebody read, if all the rest does."""
    allowed = Q(operatore__ruolo__in=LIBERI) | Q(motivo__isnull=False)
    return Destinatario.objects.filter(allowed, operatore__ruolo__in=LEGGONO)
