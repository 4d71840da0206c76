"""Writing what one's own body does for a household, step after legal step."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casi import policies
from casi.actions.serratura import claim
from casi.actions.versioni import save_version
from casi.attore import Attore
from casi.errori import Impossibile, Vietato
from casi.models import Caso, Intervento, Livello, StatoIntervento, TipoVoce, VoceDiario
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.casi import Aperto
from casi.selectors.chiusura import orfani
from casi.selectors.interventi import own_visible, puo_cominciare, servizi_di, visible_of_another

S = StatoIntervento
# domain.md §4.1, point 6.
PASSI: dict[str, frozenset[str]] = {
    S.RICHIESTO: frozenset({S.AUTORIZZATO, S.RIFIUTATO, S.ANNULLATO}),
    S.AUTORIZZATO: frozenset({S.IN_CORSO, S.ANNULLATO}),
    S.IN_CORSO: frozenset({S.SOSPESO, S.CONCLUSO, S.ANNULLATO}),
    S.SOSPESO: frozenset({S.IN_CORSO, S.CONCLUSO, S.ANNULLATO}),
    S.CONCLUSO: frozenset(),
    S.RIFIUTATO: frozenset(),
    S.ANNULLATO: frozenset(),
}
FINALI = frozenset({S.CONCLUSO, S.ANNULLATO})
PRIMI = frozenset({S.RICHIESTO, S.AUTORIZZATO, S.IN_CORSO})  # what is written down late has begun already


@dataclass(frozen=True)
class Aiuto:
    """What is written of an intervention."""

    tipo: int
    dal: date
    al: date | None = None
    servizio: UUID | None = None
    nota: str = ""
    condiviso: bool = True
    stato: str = S.RICHIESTO


@transaction.atomic
def begin(*, by: Attore, caso: UUID, aiuto: Aiuto) -> Intervento:
    """A new intervention of the actor's body. Raises Vietato, Impossibile (too early, or over), ValidationError."""
    locked = claim(by, Azione.SCRIVERE_INTERVENTI, caso)
    if not puo_cominciare(locked, timezone.localdate()):
        raise Impossibile(_("Prima della presa in carico un aiuto comincia solo se è urgente: segnalo fra i passi."))
    if aiuto.stato not in PRIMI:
        raise ValidationError({"stato": _("Un aiuto comincia richiesto, autorizzato o in corso.")})
    riga = Intervento(caso=locked, ente=by.operatore.ente, autore=by.operatore)
    _fill(riga, aiuto, by)
    riga.full_clean()
    riga.save()
    record(by, Azione.SCRIVERE_INTERVENTI, casi=[caso], dettaglio=Dettaglio(riga, finalita=riga.stato))
    return riga


@transaction.atomic
def change(*, by: Attore, caso: UUID, intervento: UUID, aiuto: Aiuto, letta: int) -> Intervento:
    """The same intervention as it is now. Raises Vietato, Superato, ValidationError (an illegal step)."""
    locked = claim(by, Azione.SCRIVERE_INTERVENTI, caso)
    riga = own_visible(by, Aperto(locked, policies.azioni_su(by, caso)), intervento)
    if riga is None:
        raise Vietato
    if riga.versione == letta and aiuto.stato not in {riga.stato, *PASSI[riga.stato]}:
        raise ValidationError({"stato": _("Da com'è adesso non si può passare a questo stato.")})
    _fill(riga, aiuto, by)
    save_version(riga, letta=letta)
    record(by, Azione.SCRIVERE_INTERVENTI, casi=[caso], dettaglio=Dettaglio(riga, finalita=riga.stato))
    return riga


@transaction.atomic
def settle(*, by: Attore, caso: UUID, intervento: UUID, stato: str, al: date | None, motivo: str) -> Intervento:
    """End what a body left open when it left the case, so that the case can close. Its words stay as they were: why is
    told in the holder's diary. Raises Vietato, Impossibile (its body can do it), ValidationError."""
    locked = claim(by, Azione.CONDURRE, caso)
    riga = visible_of_another(by, Aperto(locked, policies.azioni_su(by, caso)), intervento)
    if riga is None:
        raise Vietato
    if riga.pk not in orfani(by, locked, [riga]):
        raise Impossibile(_("Questo aiuto lo aggiorna l'ente che l'ha scritto, oppure è già finito."))
    if stato not in FINALI & PASSI[riga.stato]:
        raise ValidationError({"stato": _("Da com'è adesso non si può passare a questo stato.")})
    if not motivo.strip():
        raise Impossibile(_("Scrivi perché."))
    _check_end(stato, riga.dal, al)
    riga.stato, riga.al = stato, al or riga.al
    save_version(riga, letta=riga.versione)
    _tell_the_diary(by, locked, riga, motivo)
    record(by, Azione.CONDURRE, casi=[caso], dettaglio=Dettaglio(riga, finalita=riga.stato))
    return riga


def _check_end(stato: str, dal: date, al: date | None) -> None:
    if stato == S.CONCLUSO and al is None:
        raise ValidationError({"al": _("Scrivi quando è finito.")})
    if stato == S.CONCLUSO and al and al > timezone.localdate():
        raise ValidationError({"al": _("Questo giorno deve ancora venire.")})
    if al and al < dal:
        raise ValidationError({"al": _("La data di fine viene prima di quella di inizio.")})


def _tell_the_diary(by: Attore, caso: Caso, riga: Intervento, motivo: str) -> None:
    me = by.operatore
    voce = VoceDiario(caso=caso, ente=me.ente, autore=me, livello=Livello.CARTELLA, tipo=TipoVoce.NOTA)
    voce.avvenuto_il = timezone.localdate()
    voce.testo = f"{riga.tipo} ({riga.ente.nome}): {riga.get_stato_display().lower()}. {motivo}"
    voce.full_clean()
    voce.save()


def _fill(riga: Intervento, aiuto: Aiuto, by: Attore) -> None:
    if (
        aiuto.servizio
        and aiuto.servizio != riga.servizio
        and str(aiuto.servizio) not in dict(servizi_di(by.operatore.ente))
    ):
        raise ValidationError({"servizio": _("Scegli un servizio del tuo ente.")})
    _check_end(aiuto.stato, aiuto.dal, aiuto.al)
    riga.tipo_id, riga.servizio, riga.stato = aiuto.tipo, aiuto.servizio, aiuto.stato
    riga.dal, riga.al, riga.nota, riga.condiviso = aiuto.dal, aiuto.al, aiuto.nota, aiuto.condiviso
