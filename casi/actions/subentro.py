"""Who leads a network takes over what waits for an answer at a body that is out of it."""

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casi.actions.avvisi_arrivi import announce
from casi.attore import from_server
from casi.models import Arrivo, Segnalazione, StatoRichiesta
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.arrivi import MODELLI
from casi.selectors.subentro import heir, left_behind
from catalogo.models import Ente, Operatore


@transaction.atomic
def take_over() -> int:
    """Hand each of `left_behind` to its `heir`, once; how many. For the hourly command.

    It is new again, nobody's, told as if it had just arrived; the day by which it is answered stays. Who wrote an alert
    was promised that no other body learns his name, which what was done about it until now may well say.
    """
    rows = [row for tipo in MODELLI for row in left_behind(tipo).select_for_update(of=("self",)).order_by("pk")]
    handed = [(row, ente) for row in rows if (ente := heir(row))]
    for row, ente in handed:
        _hand(row, ente)
    return len(handed)


def _hand(arrivo: Arrivo, ente: Ente) -> None:
    done = arrivo.esito_nota
    if isinstance(arrivo, Segnalazione):
        done, arrivo.scritta_a = "", arrivo.scritta_a or arrivo.ente
    arrivo.esito_nota = "\n".join(filter(None, [done, _where_it_was(arrivo)]))
    arrivo.ente, arrivo.stato, arrivo.vista_da, arrivo.ascolto_il = ente, StatoRichiesta.NUOVA, None, None
    arrivo.full_clean()
    arrivo.save()
    announce(arrivo)
    told = Dettaglio(arrivo, finalita="subentra")
    record(from_server(Operatore(pk=0, utente_id=0, ente=ente)), Azione.ACCREDITARE, dettaglio=told)


def _where_it_was(arrivo: Arrivo) -> str:
    text = _("%(giorno)s: passata da %(ente)s, che oggi non è nella rete. Lì era «%(stato)s».")
    today = date_format(timezone.localdate(), "j F Y").lower()
    return text % {"giorno": today, "ente": arrivo.ente.nome, "stato": arrivo.get_stato_display()}
