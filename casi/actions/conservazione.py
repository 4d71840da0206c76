"""Disposal: proposed by one, approved by another with the number of an act, carried out, on the register throughout."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from casi.actions.cancellazione import ERASE
from casi.actions.serratura import require
from casi.attore import Attore
from casi.errori import Assente, Impossibile
from casi.models import Caso, Scarto, VoceScarto
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.conservazione import overdue, own, proposable


@transaction.atomic
def propose(*, by: Attore) -> Scarto:
    """A list of all that one's own body has kept long enough. Raises Vietato, Impossibile."""
    require(by, Azione.PROPORRE_SCARTO)
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
def hold(*, by: Attore, scarto: UUID, voci: Collection[int]) -> None:
    """Keep these lines, and only these, out of it: a lawsuit, an inspection. Raises Vietato, Assente.

    Once the list was carried out or cancelled, what it spared can still be let go: a later list proposes it again.
    """
    require(by, Azione.PROPORRE_SCARTO)
    found = _open(by, scarto, Azione.PROPORRE_SCARTO)
    open_lines = found.voci.filter(sospesa=True) if found.chiuso else found.voci.all()
    kept = set(open_lines.values_list("pk", flat=True)) & set(voci)
    open_lines.update(sospesa=False)
    held = found.voci.filter(pk__in=kept)
    held.update(sospesa=True)
    _record(by, Azione.PROPORRE_SCARTO, found, "sospende", list(held.values_list("oggetto", "oggetto_id")))


@transaction.atomic
def approve(*, by: Attore, scarto: UUID, atto: str) -> Scarto:
    """By somebody else than who proposed, whatever tie he acts under. Raises Vietato, Assente, Impossibile."""
    require(by, Azione.APPROVARE_SCARTO)
    found = _to_do(by, scarto)
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
def withdraw(*, by: Attore, scarto: UUID) -> None:
    """A list of one's own body, made by mistake, until it is carried out. Raises Vietato, Assente, Impossibile."""
    require(by, Azione.PROPORRE_SCARTO)
    found = _to_do(by, scarto, Azione.PROPORRE_SCARTO)
    _cancel(by, found)
    _record(by, Azione.PROPORRE_SCARTO, found, "ritira")


@transaction.atomic
def reject(*, by: Attore, scarto: UUID, motivo: str) -> None:
    """Who would approve it says no, and why. Raises Vietato, Assente, Impossibile."""
    require(by, Azione.APPROVARE_SCARTO)
    found = _to_do(by, scarto)
    if not motivo.strip():
        raise Impossibile(_("Scrivi perché lo respingi."))
    _cancel(by, found, motivo.strip())
    _record(by, Azione.APPROVARE_SCARTO, found, "respinge")


@transaction.atomic
def execute(*, by: Attore, scarto: UUID) -> int:
    """Erase what is on the list, not on hold and still over; how many things. Raises Vietato, Assente, Impossibile."""
    require(by, Azione.APPROVARE_SCARTO)
    found = _to_do(by, scarto)
    if not found.approvato_il:
        raise Impossibile(_("Questo elenco non è ancora approvato."))
    # A case may have been opened again since: only what is over today goes.
    over = {(each.oggetto, each.pk) for each in _still_over(found)}
    gone = [pair for pair in found.voci.filter(sospesa=False).values_list("oggetto", "oggetto_id") if pair in over]
    for oggetto, pk in gone:
        ERASE[oggetto](pk)
    found.eseguito_il = timezone.now()
    found.save(update_fields=["eseguito_il"])
    _record(by, Azione.APPROVARE_SCARTO, found, "esegue", gone)
    return len(gone)


def _still_over(scarto: Scarto) -> list:
    cases = scarto.voci.filter(oggetto="caso").values("oggetto_id")
    list(Caso.objects.select_for_update().filter(pk__in=cases))  # who reopens one now waits, and finds it gone
    return list(overdue(scarto.proposto_da.ente_id, timezone.localdate(), anche_in_elenco=True))


def _open(by: Attore, pk: UUID, azione: Azione) -> Scarto:
    rows = Scarto.objects.select_for_update(of=("self",)).select_related("proposto_da")
    found = rows.filter(own(by) if azione is Azione.PROPORRE_SCARTO else Q(), pk=pk).first()
    if found is None:
        raise Assente
    return found


def _to_do(by: Attore, pk: UUID, azione: Azione = Azione.APPROVARE_SCARTO) -> Scarto:
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
    casi = [pk for oggetto, pk in pairs if oggetto == "caso"]
    record(by, azione, casi=casi, dettaglio=Dettaglio(scarto, finalita=what, risultati=len(pairs)))
