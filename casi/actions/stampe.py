"""A page that was printed: the register says of what, from what it said when the page was read."""

from uuid import UUID

from django.db import transaction

from casi.actions.serratura import require
from casi.attore import Attore
from casi.registro import Dettaglio, arrivals_of, record, shown_by
from casi.ruoli import Azione


@transaction.atomic
def printed(*, by: Attore, lettura: UUID) -> None:
    """One line about all that his request `lettura` has shown, even if he may not read it any more: it is on paper. It
    rests on what the reading rested on.

    None where it has shown nothing on record, or is somebody else's, or is no request at all. Raises Vietato.
    """
    require(by, Azione.STAMPARE)
    if not (read := shown_by(by, lettura)):
        return
    oggetti = dict.fromkeys(pk for line in read for pk in arrivals_of(line))
    casi = dict.fromkeys(pk for line in read for pk in line.casi)
    titoli = dict.fromkeys(pk for line in read for pk in line.titoli)
    told = Dettaglio(oggetti=list(oggetti), finalita=read[0].azione, titoli=list(titoli))
    record(by, Azione.STAMPARE, casi=casi, dettaglio=told)
