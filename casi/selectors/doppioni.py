"""Whether somebody like this is known already, told in the same words whoever may see her and whoever may not."""

from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from casi import policies
from casi.attore import Attore
from casi.errori import Impossibile
from casi.models import Caso, Esito, Persona
from casi.models.persona import index_of_cf, index_of_name, index_of_sound
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.identita import Identita, elsewhere
from casi.selectors.quota import within

QUOTA = 60  # a day, per person: nobody writes down so many households
DOPPIONI = "doppioni"


@dataclass(frozen=True)
class Somiglianza:
    """`ce`: there is one, somewhere. `casi`: those of her cases whose people the actor may see anyway.

    `toccati`: all of her cases, for the register alone: who was asked about is known there.
    """

    ce: bool
    casi: list[Caso] = field(default_factory=list)
    toccati: list[UUID] = field(default_factory=list)


def somiglianti(attore: Attore, identita: Identita, *, tranne: UUID | None = None) -> Somiglianza:
    """Look for `identita` among all persons but `tranne`, those of other networks, and those whose cases are all sealed
    without the actor or in conflict with him: that they are followed at all is not for him.

    The same queries and a line in the register, whatever comes.

    It tells who is known to the network, so it has a quota of its own. Raises Impossibile past it.
    """
    with transaction.atomic():
        allowed = within(attore, Azione.CERCARE, QUOTA, [DOPPIONI])
        found = _look(attore, identita, tranne) if allowed else Somiglianza(ce=False)
        esito = Esito.CONSENTITO if allowed else Esito.NEGATO
        told = Dettaglio(risultati=len(found.casi), finalita=DOPPIONI)
        record(attore, Azione.CERCARE, casi=found.toccati, esito=esito, dettaglio=told)
    if not allowed:
        raise Impossibile(_("Oggi hai scritto %(quota)s nomi diversi: per altri riprova domani.") % {"quota": QUOTA})
    return found


def _look(attore: Attore, identita: Identita, tranne: UUID | None) -> Somiglianza:
    alike = Persona.objects.filter(_alike(identita), ~elsewhere(attore)).values_list("pk", "fusa_in")
    people = {kept or pk for pk, kept in alike} - {tranne}
    seen = policies.visible_to(attore, Azione.VEDERE_PERSONE).filter(nucleo__componenti__persona__in=people).distinct()
    hers = Caso.objects.filter(nucleo__componenti__persona__in=people)
    touched = hers.exclude(ente_titolare__in=attore.altre_reti).order_by("pk").distinct()
    of_cases, known = (
        set(each.values_list("nucleo__componenti__persona", flat=True))
        for each in (hers, policies.known_to(attore, hers))
    )
    ce = bool(people - (of_cases - known))
    return Somiglianza(ce, list(seen), list(touched.values_list("pk", flat=True)))


def _alike(identita: Identita) -> Q:
    """Equal tax code, name and birth date, or sound of the name; nothing is like an empty one."""
    indexes = {
        "indice_cf": index_of_cf(identita.codice_fiscale),
        "indice_nome": index_of_name(identita.cognome, identita.nome, str(identita.data_nascita or "")),
        "indice_suono": index_of_sound(identita.cognome, identita.nome),
    }
    condition = Q(pk__in=[])
    for name, value in indexes.items():
        condition |= Q(**{name: value}) if value else Q()
    return condition
