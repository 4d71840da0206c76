"""Two records that were one person: made one, and made two again exactly as they were."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from casi import policies
from casi.actions.incarichi import watching_closeness
from casi.actions.persone import member
from casi.actions.riporto import RIPORTATI, carry, take_off
from casi.actions.serratura import claim
from casi.attore import Attore
from casi.errori import Assente, Impossibile
from casi.models import Caso, Componente, Fusione, Nucleo, Persona, Residenza, RuoloNelNucleo, Storico
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.fusione import known_elsewhere

# Every row that points to a person, and by which field; a test keeps this list whole. Who had been merged into the one
# that is merged now points to the one that stays: found again in one step, however long the chain.
RIGHE: dict[str, tuple[Any, str]] = {
    "componente": (Componente, "persona"),
    "residenza": (Residenza, "persona"),
    "fusa": (Persona, "fusa_in"),
}
# Memberships of one household that both had on the same days: the merged one's is taken away, and kept here to be put
# back.
DOPPIE = "doppie"
ACCAVALLATE = gettext_lazy(
    "I giorni delle due schede nel nucleo si accavallano più volte: correggi prima quelli, poi unisci."
)


@transaction.atomic
def unisci(*, by: Attore, caso: UUID, tenuta: UUID, fusa: UUID) -> Fusione:
    """Move all that is tied to `fusa` to `tenuta`, of this case, and how to reach her safely (casi.actions.riporto); no
    other field of the two changes.

    Raises Vietato, Assente (not a person of a case the actor may change, or found in another household and of one
    hidden from him too), Impossibile.
    """
    locked = claim(by, Azione.FONDERE_PERSONE, caso)
    people = Persona.objects.select_for_update().filter(pk__in=(tenuta, fusa), fusa_in=None).order_by("pk")
    rows = {each.pk: each for each in people}
    if len(rows) != 2:
        raise Assente
    member(locked, tenuta)
    if known_elsewhere(by, tenuta, [fusa]):
        raise Assente
    touched = _cases_of(by, rows[fusa]) | _cases_of(by, rows[tenuta])
    fusione = Fusione(tenuta=rows[tenuta], fusa=rows[fusa], fatta_da=by.operatore)
    with watching_closeness(*Caso.objects.filter(pk__in=touched)):
        fusione.spostati = _moved(fusione)
    fusione.full_clean()
    fusione.save()
    rows[fusa].fusa_in = rows[tenuta]
    rows[fusa].save(update_fields=["fusa_in"])
    record(by, Azione.FONDERE_PERSONE, casi=touched, dettaglio=Dettaglio(fusione, finalita="unisce"))
    return fusione


@transaction.atomic
def separa(*, by: Attore, caso: UUID, tenuta: UUID, vista: UUID) -> None:
    """Undo the last merge into `tenuta`; what was added to it since stays with it. `vista`: the one that was shown.

    Asks about every case of the two, as `unisci` does. Raises Vietato, Assente, Impossibile (also where `vista` is the
    last no more, and where the other would be of no household), ValidationError where its days are taken by now.
    """
    locked = claim(by, Azione.FONDERE_PERSONE, caso)
    member(locked, tenuta)
    Persona.objects.select_for_update().filter(pk=tenuta).first()
    in_force = Fusione.objects.filter(tenuta=tenuta, tenuta__fusa_in=None, annullata_il=None)
    fusione = in_force.select_related("tenuta", "fusa").order_by("-fatta_il").first()
    if fusione is None:
        raise Impossibile(_("Non c'è un'unione da annullare."))
    if vista != fusione.pk:
        raise Impossibile(
            _("L'ultima unione di questa scheda non è più quella che vedevi: non abbiamo separato nulla.")
        )
    # The doubles go back to households that the kept one may have been taken out of since.
    doubles = {each["nucleo_id"] for each in fusione.spostati[DOPPIE]}
    hers = Q(nucleo__componenti__persona=tenuta) | Q(nucleo__in=doubles)
    touched = _all_mine(by, Caso.objects.filter(hers))
    with watching_closeness(*Caso.objects.filter(pk__in=touched)):
        _move_back(fusione, doubles)
    if not fusione.fusa.appartenenze.exists():  # nobody would see her again, nor erase her
        raise Impossibile(_("Il nucleo dell'altra scheda è stato eliminato: non si possono più separare."))
    fusione.fusa.fusa_in = None
    fusione.fusa.save(update_fields=["fusa_in"])
    take_off(fusione.fusa, fusione.tenuta, fusione.spostati.get(RIPORTATI, []))
    fusione.annullata_il, fusione.annullata_da = timezone.now(), by.operatore
    fusione.save(update_fields=["annullata_il", "annullata_da"])
    record(by, Azione.FONDERE_PERSONE, casi=touched, dettaglio=Dettaglio(fusione, finalita="separa"))


def _moved(fusione: Fusione) -> dict[str, Any]:
    """Tie to the kept one all that is tied to the other; what is needed to undo it."""
    fusa, tenuta = fusione.fusa, fusione.tenuta
    spostati: dict[str, Any] = {DOPPIE: _take_doubles(fusa, tenuta), RIPORTATI: carry(fusa, tenuta)}
    for name, (modello, campo) in RIGHE.items():
        found = modello.objects.filter(**{campo: fusa.pk})
        spostati[name] = [str(pk) for pk in found.values_list("pk", flat=True)]
        found.update(**{campo: tenuta.pk})
    return spostati


def _move_back(fusione: Fusione, doubles: set[str]) -> None:
    """The reverse; `doubles`: the households of the memberships that were taken away."""
    for name, (modello, campo) in RIGHE.items():
        moved = modello.objects.filter(**{"pk__in": fusione.spostati.get(name, ()), campo: fusione.tenuta_id})
        moved.update(**{campo: fusione.fusa})
    there = {str(pk) for pk in Nucleo.objects.filter(pk__in=doubles).values_list("pk", flat=True)}
    for double in reversed(fusione.spostati[DOPPIE]):
        if double["nucleo_id"] in there:
            _put_back(double, fusione.fusa)


def _cases_of(by: Attore, persona: Persona) -> set[UUID]:
    """Her cases. Raises Assente where the actor may change none of them, Impossibile where he may not all."""
    return _all_mine(by, Caso.objects.filter(nucleo__componenti__persona=persona))


def _all_mine(by: Attore, cases: QuerySet[Caso]) -> set[UUID]:
    mine = set(policies.visible_to(by, Azione.FONDERE_PERSONE).filter(pk__in=cases).values_list("pk", flat=True))
    if not mine:
        raise Assente
    if set(cases.values_list("pk", flat=True)) - mine:
        raise Impossibile(
            _("Non puoi unire o separare queste schede da solo: parla con chi coordina il servizio sociale.")
        )
    return mine


def _take_doubles(fusa: Persona, tenuta: Persona) -> list[dict[str, Any]]:
    """Take away the memberships of `fusa` that share days with one of `tenuta`, whose days become those of both.

    What is needed to put each back as it was, days as text: what the kept one's said, what it says now, and the keys
    of what had been corrected of the other, which waits with it. Raises Impossibile.
    """
    taken = []
    for double in Componente.objects.filter(persona=fusa).order_by("dal", "pk"):
        kept = _sharing_days(double, tenuta)
        if kept is None:
            continue
        before, history = _days(kept), list(double.storico.values_list("pk", flat=True))
        kept.dal = min(kept.dal, double.dal)
        was, kept.ruolo = kept.ruolo, _part(kept, double)
        kept.al = None if kept.al is None or double.al is None else max(kept.al, double.al)
        Storico.objects.filter(pk__in=history).update(componente=kept)
        taken.append({
            "id": double.pk, "nucleo_id": str(double.nucleo_id), "ruolo": double.ruolo, **_days(double),
            "tenuta": [kept.pk, before, _days(kept)], "storico": [str(pk) for pk in history],
            "ruolo_tenuta": [was, kept.ruolo],
        })  # fmt: skip
        double.delete()
        try:
            kept.full_clean()
        except ValidationError as error:
            raise Impossibile(ACCAVALLATE) from error
        kept.save()
    return taken


def _sharing_days(double: Componente, tenuta: Persona) -> Componente | None:
    others = Componente.objects.filter(nucleo=double.nucleo_id, persona=tenuta).order_by("dal", "pk")
    others = others.filter(Q(al__isnull=True) | Q(al__gte=double.dal))
    return (others.filter(dal__lte=double.al) if double.al else others).first()


def _part(kept: Componente, double: Componente) -> str:
    """Who is of reference today stays so, whichever of her records said it: the case has its name from her."""
    over = double.al is not None and double.al < timezone.localdate()
    return double.ruolo if double.ruolo == RuoloNelNucleo.RIFERIMENTO and not over else kept.ruolo


def _put_back(double: dict[str, Any], fusa: Persona) -> None:
    """The membership as it was; the kept one's days and part too, unless somebody has changed them since."""
    rest = dict(double)
    kept, history, part = (rest.pop(name, None) for name in ("tenuta", "storico", "ruolo_tenuta"))
    if kept:
        pk, before, widened = kept
        Componente.objects.filter(pk=pk, **widened).update(**before)
        if part:
            Componente.objects.filter(pk=pk, ruolo=part[1]).update(ruolo=part[0])
    again = Componente(persona=fusa, **rest)
    again.full_clean()
    again.save(force_insert=True)
    Storico.objects.filter(pk__in=history or ()).update(componente=rest["id"])


def _days(riga: Componente) -> dict[str, str | None]:
    return {"dal": riga.dal.isoformat(), "al": riga.al.isoformat() if riga.al else None}
