"""What the intake people do with a request or an alert."""

from typing import Any, cast
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
    StatoRichiesta.ASCOLTO_FISSATO: CHIUSI | {StatoRichiesta.VISTA, StatoRichiesta.ASCOLTO_FISSATO},
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


def stands(riga: Arrivo) -> str:
    """How far it is, for a page to send back: its state, and of a conversation that is fixed when it is to be."""
    return f"{riga.stato} {riga.ascolto_il.isoformat()}" if riga.ascolto_il else riga.stato


def stands_in_words(riga: Arrivo) -> str:
    fixed = date_format(timezone.localtime(riga.ascolto_il), "l j F, G.i").lower() if riga.ascolto_il else ""
    return ": ".join(filter(None, [str(riga.get_stato_display()), fixed]))


@transaction.atomic
def muovi(*, by: Attore, tipo: str, arrivo: UUID, letto: str, **campi: Any) -> None:
    """Bring it from where the page had it, `letto` (`stands`), to `stato`, with a `nota`; `ascolto_il`, if a
    conversation is fixed.

    Raises Vietato, Assente, Impossibile.
    """
    require(by, Azione.GESTIRE_ARRIVI)
    riga, stato, nota = lock(by, tipo, arrivo), campi["stato"], campi.get("nota", "")
    fixed = campi.get("ascolto_il") if stato == StatoRichiesta.ASCOLTO_FISSATO else None
    if stands(riga) != letto:
        text = _("Intanto qualcun altro l'ha portata a «%(stato)s»: guarda e salva di nuovo.")
        raise Impossibile(text % {"stato": stands_in_words(riga)})
    if stato not in PASSI[riga.stato]:
        raise Impossibile(_("Da qui non si può fare questo passo."))
    if stato in CHIUSI and not nota.strip():
        raise Impossibile(_("Prima di chiuderla scrivi che cosa si è fatto."), campo="nota")
    if stato == StatoRichiesta.ASCOLTO_FISSATO and not fixed:
        raise Impossibile(_("Scrivi il giorno e l'ora: quel giorno te lo ricordiamo."), campo="ascolto_il")
    riga.stato, riga.vista_da, riga.ascolto_il = stato, riga.vista_da or by.operatore, fixed
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
    riga.minori_a_rischio, riga.stato, riga.vista_da, riga.ascolto_il = True, StatoRichiesta.NUOVA, None, None
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
