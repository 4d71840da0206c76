"""Conflicts of interest and the seal: what keeps out people whom everything else would let in."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext as _

from casi.actions.avvisi import in_office, notify, responsabili
from casi.actions.serratura import claim
from casi.actions.versioni import save_version
from casi.attore import Attore
from casi.errori import Impossibile
from casi.models import Caso, Incompatibilita, NominatoAlSigillo, OrigineIncompatibilita, TipoAvviso
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.conflitti import sospetti
from casi.selectors.limiti import idonei, ufficio, ufficio_nominato
from catalogo.models import Operatore
from catalogo.models.operatore import RuoloOperatore


@transaction.atomic
def declare(*, by: Attore, caso: UUID, motivo: str) -> Incompatibilita:
    """One's own conflict: from this moment the declarer does not see the case, under none of his ties."""
    locked = claim(by, Azione.DICHIARARE_CONFLITTO, caso, anche_finito=True)
    others = [each for each in responsabili(locked) if each.utente_id != by.operatore.utente_id]
    row = _conflict(by, locked, by.operatore.utente_id, motivo)
    # With nobody left to answer for the case, the coordinator has to give it to somebody else.
    notify(others or in_office(locked, RuoloOperatore.COORDINATORE), TipoAvviso.INCOMPATIBILITA, locked)
    record(by, Azione.DICHIARARE_CONFLITTO, casi=[caso], dettaglio=Dettaglio(row))
    return row


@transaction.atomic
def write_conflict(*, by: Attore, caso: UUID, operatore: Operatore, motivo: str) -> Incompatibilita:
    """A colleague's conflict, written by who answers for the case; detected, where the system had warned of it."""
    locked = claim(by, Azione.CONDIVIDERE, caso, anche_finito=True)
    if operatore.utente_id == by.operatore.utente_id:
        raise Impossibile(_("Il tuo conflitto dichiaralo tu: apri «Dichiara un conflitto»."), campo="operatore")
    detected = bool(sospetti(locked, [operatore]))
    row = _conflict(by, locked, operatore.utente_id, motivo, detected=detected)
    record(by, Azione.CONDIVIDERE, casi=[caso], dettaglio=Dettaglio(row, finalita="scrive_conflitto"))
    return row


@transaction.atomic
def lift_conflict(*, by: Attore, caso: UUID, incompatibilita: Incompatibilita) -> None:
    """Somebody else than the one in conflict says it is over, from the next request."""
    locked = claim(by, Azione.CONDIVIDERE, caso, anche_finito=True)
    row = locked.incompatibilita.filter(pk=incompatibilita.pk, al__isnull=True).first()
    if row is None:
        raise Impossibile(_("Questo conflitto è già stato tolto."), campo="incompatibilita")
    if row.utente_id == by.operatore.utente_id:
        raise Impossibile(_("Un conflitto lo toglie un'altra persona, non chi ce l'ha."), campo="incompatibilita")
    row.al, row.tolta_il = timezone.localdate(), timezone.now()
    row.full_clean()
    row.save(update_fields=["al", "tolta_il"])
    cover(by, locked)
    record(by, Azione.CONDIVIDERE, casi=[caso], dettaglio=Dettaglio(row, finalita="toglie_conflitto"))


@transaction.atomic
def seal(*, by: Attore, caso: UUID, nominati: Iterable[Operatore] = ()) -> None:
    """Only the people named see the case from now on; who seals, by the line of his seal, and the holder's coordinators
    are named anyway."""
    locked = claim(by, Azione.SIGILLARE, caso, anche_finito=True)
    if locked.sigillato:
        raise Impossibile(_("Il caso è già sigillato."))
    locked.sigillato = True
    save_version(locked, letta=locked.versione)
    people = {each.pk: each for each in nominati} | {by.operatore.pk: by.operatore}
    _able(locked, people.values(), campo="nominati")
    everybody = people | {each.pk: each for each in ufficio(locked)}
    record(by, Azione.SIGILLARE, casi=[caso], dettaglio=Dettaglio(finalita="sigilla"))
    for operatore in everybody.values():
        if operatore.pk == by.operatore.pk:
            _write_name(locked, operatore, by.operatore)
        else:
            nominate(by, locked, operatore)


@transaction.atomic
def add_name(*, by: Attore, caso: UUID, operatore: Operatore) -> None:
    """One more who may open the sealed case, if all the rest lets him."""
    locked = _sealed(by, caso)
    _able(locked, [operatore], campo="operatore")
    if locked.nominati.in_force(timezone.localdate()).filter(operatore=operatore).exists():
        raise Impossibile(_("Questa persona è già nell'elenco."), campo="operatore")
    nominate(by, locked, operatore)


@transaction.atomic
def remove_name(*, by: Attore, caso: UUID, nominato: NominatoAlSigillo) -> None:
    """One less, from the next request. Nobody takes himself off: the case would be nobody's."""
    locked = _sealed(by, caso)
    row = locked.nominati.in_force(timezone.localdate()).filter(pk=nominato.pk).first()
    if row is None:
        raise Impossibile(_("Questa persona non è più nell'elenco."), campo="nominato")
    if row.operatore_id == by.operatore.pk:
        raise Impossibile(_("Non puoi togliere te stesso: il caso resterebbe senza chi lo segue."), campo="nominato")
    office = set(ufficio_nominato(locked).values_list("pk", flat=True))
    if office == {row.operatore_id}:
        text = _("È l'unico coordinatore nominato: senza, nessuno potrebbe dare il caso se tu non ci sei.")
        raise Impossibile(text, campo="nominato")
    strike(by, [row])


@transaction.atomic
def unseal(*, by: Attore, caso: UUID) -> None:
    """The case is again open to whoever is on it; the list is over and stays in the history."""
    locked = _sealed(by, caso)
    locked.sigillato = False
    save_version(locked, letta=locked.versione)
    record(by, Azione.SIGILLARE, casi=[caso], dettaglio=Dettaglio(finalita="dissigilla"))
    strike(by, locked.nominati.filter(tolta_il__isnull=True))


def nominate(by: Attore, caso: Caso, operatore: Operatore, *, da: Operatore | None = None) -> None:
    """A name on the list and its line on the register; `da` gave it, where that is not `by`. The caller has asked and
    has locked the case."""
    _record_name(by, _write_name(caso, operatore, da or by.operatore), "nomina")


def strike(by: Attore, rows: Iterable[NominatoAlSigillo]) -> None:
    """The names off the list, each with its line on the register. The caller has asked and has locked the case."""
    for row in rows:
        row.tolta_il, row.tolta_da = timezone.now(), by.operatore
        row.save(update_fields=["tolta_il", "tolta_da"])
        _record_name(by, row, "toglie_nome")


def _write_name(caso: Caso, operatore: Operatore, da: Operatore) -> NominatoAlSigillo:
    row = NominatoAlSigillo(caso=caso, operatore=operatore, dal=timezone.localdate(), data_da=da)
    row.full_clean()
    row.save()
    return row


def _record_name(by: Attore, row: NominatoAlSigillo, what: str) -> None:
    """Whom a name on the list is of is said by his number, as on an entry reserved to him."""
    told = Dettaglio(row, finalita=f"{what} {row.operatore_id}")
    record(by, Azione.SIGILLARE, casi=[row.caso_id], dettaglio=told)


def cover(by: Attore, caso: Caso) -> None:
    """Name the office where no coordinator of it is on the seal any more, or who is there is in conflict: each with a
    line of its own. The caller has asked and has locked the case.
    """
    if not caso.sigillato or ufficio_nominato(caso).exists():
        return
    named = caso.nominati.in_force(timezone.localdate()).filter(operatore=OuterRef("pk"))
    for operatore in ufficio(caso).filter(~Exists(named)):
        nominate(by, caso, operatore)


def cover_all(by: Attore, ente: int) -> None:
    """The same for every sealed case that a body holds, when its coordinators have changed: whose have left, or were
    never named, gets those that its holder has now.

    All are locked before the first line, and before any of the caller's: who writes one lets nobody else write.
    """
    sealed = Caso.objects.select_for_update(no_key=True).filter(ente_titolare=ente, sigillato=True)
    for caso in sealed.order_by("pk"):
        cover(by, caso)


def _conflict(by: Attore, caso: Caso, utente_id: int, motivo: str, *, detected: bool = False) -> Incompatibilita:
    today = timezone.localdate()
    if caso.incompatibilita.filter(utente=utente_id, al__isnull=True).exists():
        raise Impossibile(_("Questo conflitto è già scritto."), campo="operatore")
    row = Incompatibilita(
        caso=caso,
        utente_id=utente_id,
        origine=OrigineIncompatibilita.RILEVATA if detected else OrigineIncompatibilita.DICHIARATA,
        motivo=motivo,
        scritta_da=by.operatore,
        dal=today,
    )
    row.full_clean()
    row.save()
    cover(by, caso)
    return row


def _sealed(by: Attore, caso: UUID) -> Caso:
    locked = claim(by, Azione.SIGILLARE, caso, anche_finito=True)
    if not locked.sigillato:
        raise Impossibile(_("Il caso non è sigillato."))
    return locked


def _able(caso: Caso, people: Iterable[Operatore], *, campo: str) -> None:
    """Raise Impossibile unless each of `people`, chosen in `campo`, may be named."""
    able = set(idonei(caso).values_list("pk", flat=True))
    if any(each.pk not in able for each in people):
        text = _("Puoi nominare solo un coordinatore, o chi segue casi per l'ente titolare o per un ente ammesso.")
        raise Impossibile(text, campo=campo)
