"""Disposal: proposed by one, approved by another with the number of an act, carried out, on the register throughout."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casi.actions.avvisi import notify, people_of
from casi.actions.cancellazione import ERASE
from casi.actions.serratura import require
from casi.attore import Attore
from casi.errori import Assente, Impossibile, Superato
from casi.models import PROPONGONO, Scarto, TipoAvviso, VoceScarto
from casi.registro import Dettaglio
from casi.ruoli import Azione
from casi.selectors.conservazione import (
    FERME,
    SEGNO,
    erasable,
    lines,
    name,
    overdue,
    proposable,
    reach,
    record_things,
    regole,
    segni,
)

ORDER = ("primoascolto", "richiesta", "segnalazione", "caso")  # what hangs on the others goes first


@transaction.atomic
def propose(*, by: Attore) -> Scarto:
    """A list of what one's own body has kept long enough and one may know of. Raises Vietato, Impossibile."""
    require(by, Azione.PROPORRE_SCARTO)
    one_at_a_time(by.operatore.ente_id)
    found = proposable(by)
    if not found:
        raise Impossibile(_("Non c'è niente da scartare."))
    scarto = Scarto(proposto_da=by.operatore)
    scarto.full_clean()
    scarto.save()
    VoceScarto.objects.bulk_create(
        VoceScarto(scarto=scarto, oggetto=each.oggetto, oggetto_id=each.pk, classe=each.classe) for each in found
    )
    _record(by, Azione.PROPORRE_SCARTO, scarto, "propone", [(each.oggetto, each.pk) for each in found])
    return scarto


@transaction.atomic
def hold(
    *, by: Attore, scarto: UUID, voci: Collection[int], letta: int, azione: Azione = Azione.PROPORRE_SCARTO
) -> None:
    """Keep these lines, and only these, out of it: a lawsuit, an inspection. Raises Vietato, Assente, Superato.

    `azione`: as who proposes, or as who watches over data protection; neither touches the other's holds. `letta`: the
    version of the holds that were read, or a page opened yesterday would take off today's. Once the list was carried
    out or cancelled, what it spared can still be let go: a later list proposes it again.
    """
    require(by, azione)
    found = _open(by, scarto, azione)
    now, segno = segni(by, found, azione), SEGNO[azione]
    if now.versione != letta:
        raise Superato(now)
    mine = lines(by, found, azione)  # what he cannot see stays as it is
    open_lines = mine.filter(**{segno: True}) if found.chiuso else mine
    kept = set(open_lines.values_list("pk", flat=True)) & set(voci)
    freed = open_lines.filter(**{segno: True}).exclude(pk__in=kept)
    released = list(freed.values_list("oggetto", "oggetto_id"))
    open_lines.update(**{segno: False})
    held = found.voci.filter(pk__in=kept)
    held.update(**{segno: True})
    _record(by, azione, found, "sospende", list(held.values_list("oggetto", "oggetto_id")))
    if released:
        _record(by, azione, found, "toglie la sospensione", released)


@transaction.atomic
def approve(*, by: Attore, scarto: UUID, atto: str) -> Scarto:
    """By somebody else than who proposed, whatever tie he acts under. Raises Vietato, Assente, Impossibile."""
    require(by, Azione.APPROVARE_SCARTO)
    found = to_do(by, scarto)
    if found.proposto_da.utente_id == by.operatore.utente_id:
        raise Impossibile(_("Chi propone lo scarto non può approvarlo."))
    if found.approvato_il:
        raise Impossibile(_("Questo elenco è già approvato."))
    if not atto.strip():
        raise Impossibile(_("Scrivi il numero dell'atto che autorizza lo scarto."))
    found.approvato_da, found.approvato_il, found.atto = by.operatore, timezone.now(), atto.strip()
    found.full_clean()
    found.save()
    _record(by, Azione.APPROVARE_SCARTO, found, "approva")
    return found


@transaction.atomic
def withdraw(*, by: Attore, scarto: UUID, motivo: str = "") -> None:
    """A list of one's own body, until it is carried out; of what a person asked for one says why: she gets no answer.

    Raises Vietato, Assente, Impossibile.
    """
    require(by, Azione.PROPORRE_SCARTO)
    found = to_do(by, scarto, Azione.PROPORRE_SCARTO)
    if found.chiesta_il and not motivo.strip():
        raise Impossibile(_("Scrivi perché la ritiri."))
    _cancel(by, found, motivo.strip())
    _record(by, Azione.PROPORRE_SCARTO, found, "ritira")


@transaction.atomic
def reject(*, by: Attore, scarto: UUID, motivo: str) -> None:
    """Who would approve it says no, and why. Raises Vietato, Assente, Impossibile."""
    require(by, Azione.APPROVARE_SCARTO)
    found = to_do(by, scarto)
    if not motivo.strip():
        raise Impossibile(_("Scrivi perché lo respingi."))
    _cancel(by, found, motivo.strip())
    _answered(found, TipoAvviso.NON_CANCELLATA)
    _record(by, Azione.APPROVARE_SCARTO, found, "respinge")


@transaction.atomic
def execute(*, by: Attore, scarto: UUID) -> int:
    """Erase what is on the list, not on hold and still over; how many things. Raises Vietato, Assente, Impossibile."""
    require(by, Azione.APPROVARE_SCARTO)
    found = to_do(by, scarto)
    if not found.approvato_il:
        raise Impossibile(_("Questo elenco non è ancora approvato."))
    if not found.voci.exclude(FERME).exists():
        raise Impossibile(_("Tutto ciò che è in elenco è sospeso: aspetta, o respingi l'elenco e di' perché."))
    there = _locked(found)
    to_do(by, scarto)  # once more: a conflict or a seal may have come while we waited for the cases
    # A case may have been opened again since: only what is over today goes.
    over = _still_over(found) - _held_elsewhere(found)
    gone = [pair for pair in found.voci.exclude(FERME).values_list("oggetto", "oggetto_id") if pair in over]
    if found.chiesta_il and there - set(gone):  # the person would be told that it is done
        raise Impossibile(
            _("Non si può eliminare: è sospeso, o qualcuno ci lavora. Aspetta, o respingi l'elenco e di' perché.")
        )
    for oggetto, pk in sorted(gone, key=lambda pair: ORDER.index(pair[0])):
        ERASE[oggetto](pk)
    found.eseguito_il = timezone.now()
    found.save(update_fields=["eseguito_il"])
    _answered(found, TipoAvviso.CANCELLATA)
    _record(by, Azione.APPROVARE_SCARTO, found, "esegue", gone)
    return len(gone)


def _locked(scarto: Scarto) -> set[tuple[str, UUID]]:
    """What is still there: another list may have erased some of it. Who reopens a case or takes up a request now waits,
    and finds it gone; who has just done it is waited for."""
    there: set[tuple[str, UUID]] = set()
    for regola in regole():
        model = regola.righe.model
        listed = scarto.voci.filter(oggetto=name(model)).values("oggetto_id")
        rows = model._default_manager.select_for_update().filter(pk__in=listed).order_by("pk")
        there.update((name(model), pk) for pk in rows.values_list("pk", flat=True))
    return there


def _still_over(scarto: Scarto) -> set[tuple[str, UUID]]:
    if scarto.chiesta_il:
        return set(erasable(scarto))
    every = overdue(scarto.proposto_da.ente_id, timezone.localdate(), anche_in_elenco=True)
    return {(each.oggetto, each.pk) for each in every}


def _answered(scarto: Scarto, tipo: TipoAvviso) -> None:
    """Who heard the person has an answer to give her; where he works there no more, whoever proposes lists there."""
    if scarto.chiesta_il:
        heard = scarto.proposto_da
        here = people_of(heard.ente_id, heard.ruolo).filter(pk=heard.pk)
        notify(here or people_of(heard.ente_id, *PROPONGONO), tipo)


def _held_elsewhere(scarto: Scarto) -> set[tuple[str, UUID]]:
    """What waits on another list, whichever of the two was made first."""
    return set(VoceScarto.objects.filter(FERME).exclude(scarto=scarto).values_list("oggetto", "oggetto_id"))


def one_at_a_time(ente: int) -> None:
    """The lists of one body wait for each other to the end of the transaction: proposed, put on hold, carried out."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(7236179, %s)", [ente])


def _open(by: Attore, pk: UUID, azione: Azione) -> Scarto:
    rows = Scarto.objects.select_for_update(of=("self",)).select_related("proposto_da")
    found = rows.filter(reach(by, azione), pk=pk).first()
    if found is None:
        raise Assente
    one_at_a_time(found.proposto_da.ente_id)
    return found


def to_do(by: Attore, pk: UUID, azione: Azione = Azione.APPROVARE_SCARTO) -> Scarto:
    found = _open(by, pk, azione)
    if found.eseguito_il:
        raise Impossibile(_("Questo elenco è già stato eseguito."))
    if found.annullato_il:
        raise Impossibile(_("Questo elenco è già stato ritirato o respinto."))
    return found


def _cancel(by: Attore, scarto: Scarto, motivo: str = "") -> None:
    """What is on it is free for a later list, but for what is on hold: that waits until it is let go, as ever."""
    scarto.annullato_da, scarto.annullato_il, scarto.motivo = by.operatore, timezone.now(), motivo
    scarto.full_clean()
    scarto.save()


def _record(by: Attore, azione: Azione, scarto: Scarto, what: str, pairs: Collection[tuple[str, UUID]] = ()) -> None:
    record_things(by, azione, pairs, Dettaglio(scarto, finalita=what, risultati=len(pairs)))
