"""Break-glass: one case at a time, read only, for an hour, with a reason; told at once to those who answer for it."""

from uuid import UUID, uuid4

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casi import policies
from casi.actions.avvisi import in_office, notify, responsabili
from casi.actions.serratura import require
from casi.attore import Attore, from_server
from casi.errori import Impossibile, Vietato
from casi.giorni import after_working_days
from casi.models import AccessoEmergenza, Caso, Esito, TipoAvviso
from casi.registro import FINE, Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.conflitti import sospetti
from casi.selectors.emergenza import DURATA, ESAME_ENTRO, MOTIVO_MINIMO, caso_di, finished, of_the_person, running
from casi.selectors.garanti import garanti
from casi.selectors.identita import Identita
from catalogo.models.operatore import RuoloOperatore

NESSUNO = Identita()


def open_case(
    *, by: Attore, codice_motivo: str, motivo: str, numero: str = "", identita: Identita = NESSUNO
) -> AccessoEmergenza | None:
    """Open the case of that number, or of that person, for an hour, and end what one had open so; None where there is
    none to open. Looking for a person is a search of its own, written down before.

    None says nothing more: no such case, a seal and a conflict of interest give it after the same questions, and the
    refusal stays in the register. Raises Vietato; Impossibile for a reason too short, past the quota of searches, and
    for a case whose people one sees already: of who sees the summary alone, an emergency may well ask for more.
    """
    require(by, Azione.APRIRE_IN_EMERGENZA)
    if len(motivo.strip()) < MOTIVO_MINIMO:
        raise Impossibile(_("Scrivi perché serve adesso, con almeno %(quanti)s lettere.") % {"quanti": MOTIVO_MINIMO})
    pk = caso_di(by, numero, identita) or uuid4()
    return _opened(by, pk, codice_motivo, motivo)


@transaction.atomic
def _opened(by: Attore, pk: UUID, codice_motivo: str, motivo: str) -> AccessoEmergenza | None:
    _one_at_a_time(by.operatore.utente_id)
    caso = Caso.objects.select_for_update(no_key=True).filter(pk=pk).first()
    facts = policies.facts_on(by, pk)
    supposed = {**facts, "emergenza": True} if facts else None
    if caso is None or facts is None or Azione.VEDERE_CASO not in policies.azioni_con(by, supposed):
        record(by, Azione.APRIRE_IN_EMERGENZA, casi=[pk] if caso else [], esito=Esito.NEGATO)
        return None
    if still := running(by.operatore).filter(caso=pk).first():
        return still
    if Azione.VEDERE_PERSONE in policies.azioni_con(by, facts):
        raise Impossibile(_("Questo caso lo vedi già: aprilo da «Casi»."))
    for other in of_the_person(by.operatore).select_for_update(of=("self",)):
        _end(by, other)
    return _open(by, caso, codice_motivo, motivo)


def _one_at_a_time(utente: int) -> None:
    """Two cases asked for in the same moment: the second ends the first."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7236180, %s)", [utente % 2**31])


@transaction.atomic
def close(*, by: Attore, accesso: UUID) -> bool:
    """End one's own access before its hour is over; False where it was over already. Raises Vietato for others'."""
    require(by, Azione.ENTRARE)
    row = AccessoEmergenza.objects.select_for_update().filter(pk=accesso, operatore=by.operatore).first()
    if row is None:
        raise Vietato
    if row.chiuso_il or row.fine <= timezone.now():
        return False
    _end(by, row)
    return True


def _end(by: Attore, row: AccessoEmergenza) -> None:
    row.chiuso_il = timezone.now()
    row.save(update_fields=["chiuso_il"])
    record(by, Azione.APRIRE_IN_EMERGENZA, casi=[row.caso_id], dettaglio=Dettaglio(row, finalita=FINE))


@transaction.atomic
def write_ends() -> int:
    """A line in the register for each access whose hour has run out; how many. For the hourly command."""
    waiting = [each.pk for each in finished().select_for_update(of=("self",), no_key=True)]
    rows = list(finished().filter(pk__in=waiting))  # again: another run may have written some meanwhile
    for row in rows:
        told = Dettaglio(row, finalita=FINE)
        record(from_server(row.operatore), Azione.APRIRE_IN_EMERGENZA, casi=[row.caso_id], dettaglio=told)
    return len(rows)


def _open(by: Attore, caso: Caso, codice_motivo: str, motivo: str) -> AccessoEmergenza:
    now = timezone.now()
    accesso = AccessoEmergenza(
        caso=caso,
        operatore=by.operatore,
        codice_motivo=codice_motivo,
        motivo=motivo.strip(),
        inizio=now,
        fine=now + DURATA,
        esaminare_entro=after_working_days(timezone.localdate(), ESAME_ENTRO),
    )
    accesso.full_clean()
    accesso.save()
    record(by, Azione.APRIRE_IN_EMERGENZA, casi=[caso.pk], dettaglio=Dettaglio(accesso, finalita=codice_motivo))
    office = in_office(caso, RuoloOperatore.COORDINATORE)
    found = [*responsabili(caso), *office, *garanti(caso)]
    told = {each.pk: each for each in found if each.utente_id != by.operatore.utente_id}
    notify(told.values(), TipoAvviso.EMERGENZA, caso, mail=True)
    # Detected, not declared: a warning (domain.md §5.3). The officer, who looks back at it, reads it too.
    if sospetti(caso, [by.operatore]):
        notify(told.values(), TipoAvviso.INCOMPATIBILITA, caso)
    return accesso
