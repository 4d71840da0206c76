"""What a case comes from and takes along: a conversation, the arrival it answered, what was said before and after."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casi import policies
from casi.attore import Attore
from casi.errori import Assente, Impossibile
from casi.models import Caso, PrimoAscolto, StatoRichiesta


def lock_ascolto(by: Attore, pk: UUID, caso: Caso | None = None) -> PrimoAscolto:
    """The conversation, locked with all that goes with it to the end of the transaction; `caso` is where it would go.

    The arrival first, as everywhere. Raises Assente for who may not read it, Impossibile where the arrival is over.
    """
    for each in PrimoAscolto.objects.filter(pk=pk).select_related("richiesta", "segnalazione"):
        _lock(each)
    readable = policies.ascolti_visibili(by).select_related("richiesta", "segnalazione")
    ascolto = readable.filter(pk=pk).first()
    if ascolto is None:
        raise Assente
    if perche := perche_concluso(ascolto, caso):
        raise Impossibile(perche)
    return ascolto


def perche_concluso(riga: Any, caso: Caso | None = None) -> str:
    """Why nothing more comes of `riga`, an arrival or a conversation, but in `caso`; empty while something may."""
    arrivo = _arrivo(riga)
    if arrivo and arrivo.stato == StatoRichiesta.RITIRATA:
        return _("La persona ha ritirato la richiesta: non si cerca più nessuno.")
    if arrivo and arrivo.caso_id and arrivo.caso_id != getattr(caso, "pk", None):
        return _("Di questo arrivo si occupa già un caso: se lo segui, aggiungi l'ascolto a quello.")
    return ""


def bring_along(caso: Caso, riga: Any) -> None:
    """`riga`, the arrival it answered or is, and every conversation that goes with it belong to `caso` from now on."""
    for each in filter(None, (_arrivo(riga), *_family(riga))):
        each.caso = caso
        if isinstance(each, PrimoAscolto):
            each.passato_il = timezone.now()
        each.save(update_fields=["caso", "passato_il"] if isinstance(each, PrimoAscolto) else ["caso"])


def _arrivo(riga: Any) -> Any:
    return riga.richiesta or riga.segnalazione if isinstance(riga, PrimoAscolto) else riga


def _lock(ascolto: PrimoAscolto) -> None:
    arrivo = _arrivo(ascolto)
    if arrivo:
        type(arrivo)._default_manager.select_for_update().get(pk=arrivo.pk)
    _family(ascolto)


def _family(riga: Any) -> list[PrimoAscolto]:
    """Those of no case yet that go with `riga`, locked: on the same arrival, what each follows, what follows it."""
    arrivo, loose = _arrivo(riga), PrimoAscolto.objects.filter(caso=None).order_by("pk")
    found = {riga.pk, *(arrivo.ascolti.values_list("pk", flat=True) if arrivo else ())}
    while (
        more := set(loose.filter(Q(seguito_di__in=found) | Q(seguiti__in=found)).values_list("pk", flat=True)) - found
    ):
        found |= more
    return list(loose.filter(pk__in=found).select_for_update(of=("self",)))
