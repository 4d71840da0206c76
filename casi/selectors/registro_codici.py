"""From a receipt to what the register knows of it: who was only listened to has no case, and may ask who read her."""

from collections.abc import Collection
from uuid import UUID

from casi.models import Arrivo, PrimoAscolto, Richiesta, Segnalazione


def known_by(codice: str) -> Arrivo | None:
    """The arrival with this whole receipt: that it was looked up is told with it."""
    kinds = (Richiesta, Segnalazione)
    found = (model._default_manager.filter(codice=codice.upper()).first() for model in kinds if codice)
    return next(filter(None, found), None)


def receipts(chiavi: Collection[UUID]) -> dict[UUID, str]:
    """Of these keys, those of requests and alerts that are still there, with their receipt, in one question."""
    kinds = (Richiesta, Segnalazione)
    first, second = (model._default_manager.filter(pk__in=chiavi).order_by() for model in kinds)
    return dict(first.values_list("pk", "codice").union(second.values_list("pk", "codice"))) if chiavi else {}


def behind(codice: str) -> set[UUID]:
    """Keys of the request or alert with this whole receipt, and of the conversations it led to; none when unknown.

    An opaque key stands for itself: the only name something erased has left.
    """
    try:
        return {UUID(codice)}
    except ValueError:
        arrivo = known_by(codice)
    if arrivo is None:
        return set()
    return {
        arrivo.pk,
        *PrimoAscolto.objects.filter(**{str(arrivo._meta.model_name): arrivo.pk}).values_list("pk", flat=True),
    }
