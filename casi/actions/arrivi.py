"""What the intake people do with a request or an alert."""

from typing import cast
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casi import policies
from casi.actions.avvisi_arrivi import SUBITO, announce
from casi.actions.serratura import require
from casi.attore import Attore
from casi.errori import Assente, Impossibile
from casi.giorni import after_working_days
from casi.models import Arrivo, Segnalazione, StatoRichiesta
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.arrivi import APERTI, MODELLI

# Only the person herself withdraws, with her receipt (`casi.actions.pubblico`), and then it is over.
CHIUSI = frozenset(StatoRichiesta.values) - set(APERTI) - {StatoRichiesta.RITIRATA}
# From each state, where the people of the desk may bring it.
PASSI: dict[str, frozenset[str]] = {
    StatoRichiesta.NUOVA: CHIUSI | {StatoRichiesta.VISTA, StatoRichiesta.ASCOLTO_FISSATO},
    StatoRichiesta.VISTA: CHIUSI | {StatoRichiesta.ASCOLTO_FISSATO},
    StatoRichiesta.ASCOLTO_FISSATO: CHIUSI | {StatoRichiesta.VISTA},
    StatoRichiesta.REINDIRIZZATA: frozenset({StatoRichiesta.VISTA}),
    StatoRichiesta.NON_COMPETENTE: frozenset({StatoRichiesta.VISTA}),
    StatoRichiesta.DUPLICATA: frozenset({StatoRichiesta.VISTA}),
    StatoRichiesta.RITIRATA: frozenset(),
}


def lock(by: Attore, tipo: str, pk: UUID) -> Arrivo:
    """The arrival, locked to the end of the transaction.

    Raises Assente for who may not read it, Impossibile for what is over: who withdrew it is looked for by nobody.
    """
    modello = MODELLI[tipo]
    modello._default_manager.select_for_update().filter(pk=pk).first()
    arrivo = policies.arrivi_visibili(by, modello).filter(pk=pk).first()
    if arrivo is None:
        raise Assente
    if arrivo.stato == StatoRichiesta.RITIRATA:
        raise Impossibile(_("È stata ritirata: non si cerca più nessuno."))
    return arrivo


@transaction.atomic
def muovi(*, by: Attore, tipo: str, arrivo: UUID, letto: str, **campi: str) -> None:
    """Bring it from the state `letto` on the page to `stato`, with a `nota`. Raises Vietato, Assente, Impossibile."""
    require(by, Azione.GESTIRE_ARRIVI)
    riga, stato, nota = lock(by, tipo, arrivo), campi["stato"], campi.get("nota", "")
    if riga.stato != letto:
        text = _("Intanto qualcun altro l'ha portata a «%(stato)s»: guarda e salva di nuovo.")
        raise Impossibile(text % {"stato": riga.get_stato_display()})
    if stato not in PASSI[riga.stato]:
        raise Impossibile(_("Da qui non si può fare questo passo."))
    if stato in CHIUSI and not nota.strip():
        raise Impossibile(_("Prima di chiuderla scrivi che cosa si è fatto."), campo="nota")
    riga.stato, riga.vista_da = stato, riga.vista_da or by.operatore
    riga.esito_nota = _told(riga, by, nota)
    riga.full_clean()
    riga.save()
    record(by, Azione.GESTIRE_ARRIVI, dettaglio=Dettaglio(riga, finalita=stato))


@transaction.atomic
def passa_ai_minori(*, by: Attore, segnalazione: UUID) -> None:
    """Who wrote did not say that it is about children: from now on only who looks after them reads it, `by` included.

    It is new again, nobody's, to be answered at once. Raises Vietato, Assente, Impossibile.
    """
    require(by, Azione.GESTIRE_ARRIVI)
    riga = cast(Segnalazione, lock(by, "segnalazione", segnalazione))
    if riga.minori_a_rischio:
        raise Impossibile(_("L'ha già chi si occupa di minori."))
    riga.minori_a_rischio, riga.stato, riga.vista_da = True, StatoRichiesta.NUOVA, None
    riga.rispondere_entro = min(riga.rispondere_entro, after_working_days(timezone.localdate(), SUBITO))
    riga.full_clean()
    riga.save()
    announce(riga)
    record(by, Azione.GESTIRE_ARRIVI, dettaglio=Dettaglio(riga, finalita="minori"))


def _told(riga: Arrivo, by: Attore, nota: str) -> str:
    """What was done until now, and under it what `by` did today."""
    today = date_format(timezone.localdate(), "j F Y").lower()
    line = f"{today}, {by.operatore.utente}: {nota.strip()}" if nota.strip() else ""
    return "\n".join(filter(None, [riga.esito_nota, line]))
