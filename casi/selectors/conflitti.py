"""A conflict of interest nobody has declared: what the network knows of its operators, beside the household."""

from collections.abc import Iterable

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from casi.models import Caso, Persona
from casi.parole import normalized
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
    namesakes = [persona for persona in household if cognome and normalized(persona.cognome) == cognome]
    if any(normalized(persona.nome) == normalized(utente.first_name) for persona in namesakes):
        return STESSA_PERSONA
    if email and any(persona.email.casefold() == email for persona in household):
        return STESSA_EMAIL
    return STESSO_COGNOME if namesakes and near else None
