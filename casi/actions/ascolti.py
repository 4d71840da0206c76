"""Writing down a first conversation."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casi import policies
from casi.actions.arrivi import lock
from casi.actions.origini import lock_ascolto
from casi.actions.presa_proposta import announce
from casi.actions.serratura import claim, require
from casi.actions.storico import correct
from casi.attore import Attore
from casi.errori import Assente, Impossibile
from casi.models import EsitoAscolto, PrimoAscolto, StatoRichiesta
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.ascolti import SI_ASCOLTA

LUNGO_FA, PRESTO = timedelta(days=40 * 365), timedelta(hours=1)  # an hour for a clock that is fast
PASSATO = gettext_lazy("Il primo ascolto di questo caso è passato: scrivi nel diario.")
IN_ATTESA = (StatoRichiesta.NUOVA, StatoRichiesta.VISTA)


@transaction.atomic
def scrivi(
    *, by: Attore, tipo: str = "", arrivo: UUID | None = None, seguito: UUID | None = None, **campi: Any
) -> PrimoAscolto:
    """A conversation held for the actor's body, after the request or alert `arrivo` if one led to it, or after an
    earlier one, `seguito`: then it answers the same arrival.

    Raises Vietato, Assente (what one may not read), Impossibile, ValidationError.
    """
    require(by, Azione.SCRIVERE_ASCOLTO)
    ascolto = PrimoAscolto(ente=by.operatore.ente, operatore=by.operatore, **campi)
    if arrivo:
        origine = lock(by, tipo, arrivo)
        setattr(ascolto, tipo, origine)
        if origine.stato in IN_ATTESA:
            origine.stato, origine.vista_da = StatoRichiesta.ASCOLTO_FISSATO, origine.vista_da or by.operatore
            origine.save(update_fields=["stato", "vista_da"])
    if seguito:
        _follow(ascolto, lock_ascolto(by, seguito))
    _check(ascolto)
    ascolto.full_clean()
    ascolto.save()
    if ascolto.esito == EsitoAscolto.PROPOSTA:
        announce(ascolto)
    record(by, Azione.SCRIVERE_ASCOLTO, dettaglio=Dettaglio(ascolto, finalita="scrive"))
    return ascolto


@transaction.atomic
def scrivi_sul_caso(*, by: Attore, caso: UUID, **campi: Any) -> PrimoAscolto:
    """A conversation for a case that was opened before there was one. Raises Vietato, Impossibile, ValidationError."""
    locked = claim(by, Azione.ASCOLTARE, caso)
    if locked.stato not in SI_ASCOLTA:
        raise Impossibile(str(PASSATO))
    ascolto = PrimoAscolto(ente=by.operatore.ente, operatore=by.operatore, caso=locked, **campi)
    _check(ascolto)
    ascolto.full_clean()
    ascolto.save()
    record(by, Azione.ASCOLTARE, casi=[locked.pk], dettaglio=Dettaglio(ascolto, finalita="ascolto"))
    return ascolto


@transaction.atomic
def correggi(*, by: Attore, ascolto: UUID, versione: int, **campi: Any) -> PrimoAscolto:
    """Change one's own body's conversation while it is of no case; what it said is kept.

    Raises Vietato, Assente, Superato."""
    require(by, Azione.SCRIVERE_ASCOLTO)
    PrimoAscolto.objects.select_for_update().filter(pk=ascolto).first()  # a case may be taking it along
    riga = policies.ascolti_visibili(by).filter(pk=ascolto, ente=by.operatore.ente).first()
    if riga is None:
        raise Assente
    before, perche = riga.esito, campi.pop("perche", "")
    for name, value in campi.items():
        setattr(riga, name, value)
    proposed = riga.esito == EsitoAscolto.PROPOSTA != before
    if proposed:  # anew, whatever was answered before
        riga.non_presa_il = riga.non_presa_da = None
        riga.non_presa_motivo = ""
    _check(riga)
    correct(riga, by=by, letta=versione, perche=perche)
    if proposed:
        announce(riga)
    record(by, Azione.SCRIVERE_ASCOLTO, dettaglio=Dettaglio(riga, finalita="corregge"))
    return riga


def _follow(ascolto: PrimoAscolto, prima: PrimoAscolto) -> None:
    """One's own body's alone: what another proposes is for the one who takes it on."""
    if prima.ente_id != ascolto.ente_id:
        raise Assente
    ascolto.seguito_di, ascolto.richiesta, ascolto.segnalazione = prima, prima.richiesta, prima.segnalazione


def _check(ascolto: PrimoAscolto) -> None:
    """A conversation has been held, and in our days: the year 26 is a slip of the finger."""
    now = timezone.now()
    if not now - LUNGO_FA < ascolto.quando < now + PRESTO:
        raise ValidationError({"quando": _("Controlla il giorno e l'anno: l'ascolto c'è già stato.")})
