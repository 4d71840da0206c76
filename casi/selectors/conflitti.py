"""A conflict of interest nobody has declared: what the network knows of its operators, beside the household."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from uuid import UUID

from django.db.models import F
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casi.models import Caso, Componente, Persona
from casi.parole import normalized, whole
from catalogo.models import Operatore

STESSA_PERSONA = _("si chiama come una persona della famiglia")
STESSO_COGNOME = _("ha il cognome di una persona della famiglia e lavora nello stesso comune")
STESSA_EMAIL = _("ha l'indirizzo e-mail di una persona della famiglia")


def sospetti(caso: Caso, operatori: Iterable[Operatore]) -> dict[int, Promise]:
    """Why each of `operatori` may be too close to the household, by key of the tie. A warning: it decides nothing.

    Of an operator the network knows name, e-mail and where his body is; not his address, telephone or tax code.
    """
    today = timezone.localdate()
    if caso.nucleo is None:
        return {}
    members = caso.nucleo.componenti.in_force(today).select_related("persona")
    household = [member.persona for member in members]
    found = ((each.pk, _closeness(caso, each, household)) for each in operatori)
    return {pk: reason for pk, reason in found if reason}


def _closeness(caso: Caso, operatore: Operatore, household: list[Persona]) -> Promise | None:
    utente = operatore.utente
    cognome, email = normalized(utente.last_name), utente.email.casefold()
    near = caso.comune_id is not None and operatore.ente.comune_id == caso.comune_id
    his = whole(f"{utente.last_name} {utente.first_name}")
    if cognome and any(whole(persona.nominativo) == his for persona in household):
        return STESSA_PERSONA
    if email and any(persona.email.casefold() == email for persona in household):
        return STESSA_EMAIL
    return STESSO_COGNOME if near and cognome and any(cognome in surnames(each) for each in household) else None


def surnames(persona: Persona) -> set[str]:
    """Where the surname has been written with the name, any word of it may be."""
    return set(map(normalized, [persona.cognome] if persona.cognome else persona.nome.split()))


def omonimi(aperti: Collection[tuple[int, UUID]], cognomi: Mapping[int, str]) -> Iterator[tuple[int, UUID]]:
    """Of the pairs of an account and a case it has opened, those where somebody of the household has its surname, which
    `cognomi` tells.

    Names are compared here, opened one household at a time: no index of surnames is kept, and no name reaches the
    database or its log.
    """
    called = {pk: normalized(cognome) for pk, cognome in cognomi.items()}
    households: dict[UUID, set[str]] = defaultdict(set)
    today = timezone.localdate()
    members = Componente.objects.in_force(today).filter(nucleo__casi__in={caso for _utente, caso in aperti})
    names = members.select_related("persona").only("persona__cognome", "persona__nome")
    for member in names.annotate(caso=F("nucleo__casi")).order_by("pk").iterator(chunk_size=500):
        households[member.caso] |= surnames(member.persona)
    return ((utente, caso) for utente, caso in aperti if called.get(utente) and called[utente] in households[caso])
