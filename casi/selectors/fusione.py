"""Which records may be the same person as another."""

from uuid import UUID

from django.db import transaction
from django.db.models import Q

from casi import policies
from casi.attore import Attore
from casi.models import Caso, Fusione, Persona
from casi.registro import Dettaglio, record
from casi.ruoli import Azione

MOST = 50


@transaction.atomic
def candidate(attore: Attore, persona: Persona) -> list[Persona]:
    """People of cases the actor may change who live with `persona` or are recognised by the same data."""
    casi = policies.visible_to(attore, Azione.FONDERE_PERSONE)
    like = Q(appartenenze__nucleo__componenti__persona=persona)
    for name in ("indice_cf", "indice_nome", "indice_suono"):
        if value := getattr(persona, name):
            like |= Q(**{name: value})
    found = Persona.objects.filter(like, appartenenze__nucleo__casi__in=casi, fusa_in=None).exclude(pk=persona.pk)
    people = list(found.distinct().order_by("pk")[:MOST])
    compared = [persona.pk, *(each.pk for each in people)]
    touched = Caso.objects.filter(nucleo__componenti__persona__in=compared).distinct()  # also those he does not see
    dettaglio = Dettaglio(persona, risultati=len(people), finalita="candidate")
    record(attore, Azione.FONDERE_PERSONE, casi=touched.values_list("pk", flat=True), dettaglio=dettaglio)
    return people


def merged_into(persona: UUID) -> Fusione | None:
    """The last merge into `persona` that can be undone."""
    in_force = Fusione.objects.filter(tenuta=persona, annullata_il=None)
    return in_force.select_related("fusa", "fatta_da__utente").order_by("-fatta_il").first()
