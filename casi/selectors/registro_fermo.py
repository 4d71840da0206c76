"""Lines of the register that stay past their months: about what is on hold."""

from uuid import UUID

from django.db.models import Q

from casi.models import PrimoAscolto, Registro, Richiesta, Segnalazione, VoceScarto
from casi.registro import about
from casi.selectors.conservazione import FERME


def first_held() -> Registro | None:
    """The oldest line about a case, a request, an alert or a conversation that somebody keeps from being disposed of,
    or about what a held case came from: every later line stays with it, or the chain would have a gap.
    """
    casi, altro = _held()
    of_it = Q(casi__overlap=list(casi)) if casi else Q(pk__in=[])
    return Registro.objects.filter(of_it | (about(altro) if altro else Q(pk__in=[]))).order_by("pk").first()


def _held() -> tuple[set[UUID], set[UUID]]:
    """Keys of the cases, and of all the rest."""
    held = list(VoceScarto.objects.filter(FERME).values_list("oggetto", "oggetto_id"))
    casi = {pk for oggetto, pk in held if oggetto == "caso"}
    altro = {pk for oggetto, pk in held if oggetto != "caso"}
    arrivals = (model._default_manager.filter(caso__in=casi) for model in (Richiesta, Segnalazione, PrimoAscolto))
    altro |= {pk for rows in arrivals for pk in rows.values_list("pk", flat=True)}
    heard = PrimoAscolto.objects.filter(Q(richiesta__in=altro) | Q(segnalazione__in=altro))
    return casi, altro | set(heard.values_list("pk", flat=True))
