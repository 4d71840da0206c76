"""Telling the person that somebody has written about her: done, or why not (GDPR art. 14)."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casi import policies
from casi.actions.serratura import claim, require
from casi.actions.versioni import save_version
from casi.attore import Attore
from casi.errori import Assente
from casi.models import Segnalazione
from casi.registro import Dettaglio, record
from casi.ruoli import Azione


@transaction.atomic
def informa(
    *,
    by: Attore,
    segnalazione: UUID,
    versione: int,
    caso: UUID | None = None,
    avvisata_il: date | None = None,
    non_avvisata_perche: str = "",
) -> None:
    """The day, or the reason; of an alert at the desk, or of `caso`.

    Raises Vietato, Assente, ValidationError, Superato where it is no more what it was when it was read, at `versione`.
    """
    azione = Azione.VALUTARE if caso else Azione.GESTIRE_ARRIVI
    if caso:
        claim(by, azione, caso, anche_finito=True)  # the law gives a month, whatever has become of the case
    else:
        require(by, azione)
    Segnalazione.objects.select_for_update().filter(pk=segnalazione).first()
    visible = policies.arrivi_visibili(by, Segnalazione, dei_casi=caso is not None)
    riga = visible.filter(pk=segnalazione, caso=caso).first()
    if riga is None:
        raise Assente
    riga.avvisata_il, riga.non_avvisata_perche = avvisata_il, non_avvisata_perche
    _check(riga)
    save_version(riga, letta=versione)
    record(by, azione, casi=[caso] if caso else (), dettaglio=Dettaglio(riga, finalita="informa"))


def _check(riga: Segnalazione) -> None:
    if bool(riga.avvisata_il) == bool(riga.non_avvisata_perche.strip()):
        raise ValidationError(_("Scrivi il giorno in cui è stata informata, oppure perché non va informata."))
    if riga.avvisata_il and not timezone.localdate(riga.ricevuta_il) <= riga.avvisata_il <= timezone.localdate():
        raise ValidationError({"avvisata_il": _("Controlla il giorno: dopo la segnalazione, e non oltre oggi.")})
