"""How a network begins, by hand of who runs the server: nobody inside can accredit the first who accredits.

- the lead body signs the agreement and gets one who coordinates and one who watches over privacy: two persons;
- refused where somebody coordinates for that body already: from then on one accredits inside;
- both prove their mailbox first, as whoever is accredited later; nobody here learns or chooses a password;
- it opens no case: neither role reads one. Both ties are on the register, with no session.
"""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casi.actions.accredito import Persona, account_for, locked_account
from casi.attore import from_server
from casi.errori import Impossibile
from casi.models import Informativa
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from catalogo.models import Accordo, Ente, Operatore
from catalogo.models.accordo import last_day
from catalogo.models.operatore import RuoloOperatore


@dataclass(frozen=True)
class Fondazione:
    titolo: str
    valida_dal: date
    coordina: Persona
    privacy: Persona
    valida_al: date | None = None  # None: five years


@transaction.atomic
def found_network(*, ente: Ente, fondazione: Fondazione) -> Accordo:
    """Raises Impossibile, ValidationError."""
    locked = Ente.objects.select_for_update().get(pk=ente.pk)
    inside = Operatore.objects.in_force(timezone.localdate()).filter(ente=locked, ruolo=RuoloOperatore.COORDINATORE)
    if inside.exists():
        raise Impossibile(_("Questo ente ha già chi coordina: si accredita dall'area riservata, in «Rete»."))
    if fondazione.coordina.email.casefold() == fondazione.privacy.email.casefold():
        raise Impossibile(_("Chi coordina e chi è responsabile della privacy sono due persone diverse."))
    until = fondazione.valida_al or last_day(fondazione.valida_dal)
    accordo = Accordo(titolo=fondazione.titolo, capofila=locked, valida_dal=fondazione.valida_dal, valida_al=until)
    accordo.full_clean()
    accordo.save()
    _first(locked, fondazione.coordina, RuoloOperatore.COORDINATORE)
    _first(locked, fondazione.privacy, RuoloOperatore.RESPONSABILE_PRIVACY)
    return accordo


def _first(ente: Ente, persona: Persona, ruolo: str) -> None:
    utente = account_for(persona, locked_account(persona))
    if utente.is_superuser:
        raise Impossibile(_("Chi amministra il sistema non lavora sui casi: serve un altro account."))
    tie = Operatore(utente=utente, ente=ente, ruolo=ruolo, dal=timezone.localdate())
    tie.full_clean()
    tie.save()
    told = Dettaglio(tie, finalita=f"fonda {tie.pk}")
    record(from_server(tie), Azione.ACCREDITARE, dettaglio=told)


@transaction.atomic
def publish_informativa(*, versione: str, lingua: str, testo: str, valida_dal: date) -> Informativa:
    """A new version; what was given to somebody is never rewritten. Raises ValidationError."""
    if not testo.strip():
        raise ValidationError({"testo": _("Il testo è vuoto.")})
    row = Informativa(versione=versione, lingua=lingua, testo=testo.strip(), valida_dal=valida_dal)
    row.full_clean()
    row.save()
    return row
