"""THE decision: who may do what in the case area. Nothing else decides, and nothing else reads the permission rows.

A person acts as one `Operatore` (his tie to a body). All of these must hold; anything unknown means no:

- the account is active and not a superuser, the tie is in force today, the body is active;
- the role of the tie lists the action (`ruoli.RUOLI`);
- for a case, moreover: the body holds the case, or is admitted to it today (`Ammissione`);
- the operator is assigned to the case today (`Incarico`);
- the person has on this very case the permission that the action needs (guardian's row, `PermessoUtenteSuCaso`).

List and single case ask the same query, so they cannot disagree. Everything is read from the database at each
question: a right that ended is gone at the next request. Permissions of groups, permissions on all cases and
`is_superuser` open nothing. Sources: domain.md §5.3, security.md §2.
"""

from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from casi.models import Ammissione, Caso, Incarico, PermessoUtenteSuCaso
from casi.ruoli import PERMESSI, RUOLI, Azione
from catalogo.models import Operatore


def ties_of(utente_id: int | None) -> QuerySet[Operatore]:
    """The ties a person may act under today; empty for who may not enter at all."""
    return (
        Operatore.objects.in_force(_today())
        .filter(
            utente_id=utente_id or 0,
            utente__is_active=True,
            utente__is_superuser=False,
            ente__attivo=True,
            ruolo__in=[ruolo for ruolo, cosa in RUOLI.items() if Azione.ENTRARE in cosa.azioni],
        )
        .select_related("ente")
        .order_by("ente__nome", "pk")
    )


def visible_to(operatore: Operatore | None, azione: Azione = Azione.ELENCARE_CASI) -> QuerySet[Caso]:
    """The cases on which `operatore` may do `azione`, now."""
    permesso = PERMESSI.get(azione)
    if permesso is None or not may(operatore, azione):
        return Caso.objects.none()
    assert operatore is not None  # noqa: S101 - `may` has said so
    today = _today()
    here = OuterRef("pk")
    return Caso.objects.filter(
        Q(ente_titolare=operatore.ente_id)
        | Exists(Ammissione.objects.in_force(today).filter(caso=here, ente=operatore.ente_id)),
        Exists(Incarico.objects.in_force(today).filter(caso=here, operatore=operatore.pk)),
        Exists(
            PermessoUtenteSuCaso.objects.filter(
                content_object=here,
                user=operatore.utente_id,
                permission__codename=permesso,
                permission__content_type__app_label="casi",
            )
        ),
    )


def may(operatore: Operatore | None, azione: Azione, caso: Caso | None = None) -> bool:
    """Whether `operatore` may do `azione`: on `caso`, or at all where the action is about no case."""
    if caso is not None:
        return visible_to(operatore, azione).filter(pk=caso.pk).exists()
    if operatore is None:
        return False
    tie = ties_of(operatore.utente_id).filter(pk=operatore.pk).first()
    return tie is not None and azione in RUOLI[tie.ruolo].azioni


def _today() -> date:
    return timezone.localdate()
