"""Two records that were one person: made one, and made two again exactly as they were."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casi import policies
from casi.actions.persone import member
from casi.actions.riporto import RIPORTATI, carry, take_off
from casi.actions.serratura import claim
from casi.attore import Attore
from casi.errori import Assente, Impossibile
from casi.models import Caso, Componente, Fusione, Persona, Residenza
from casi.registro import Dettaglio, record
from casi.ruoli import Azione

# Every row that points to a person, and by which field; a test keeps this list whole. Who had been merged into the one
# that is merged now points to the one that stays: found again in one step, however long the chain.
RIGHE: dict[str, tuple[Any, str]] = {
    "componente": (Componente, "persona"),
    "residenza": (Residenza, "persona"),
    "fusa": (Persona, "fusa_in"),
}
# Memberships of one household that both had: the merged one's is taken away, and kept here to be put back.
DOPPIE = "doppie"


@transaction.atomic
def unisci(*, by: Attore, caso: UUID, tenuta: UUID, fusa: UUID) -> Fusione:
    """Move all that is tied to `fusa` to `tenuta`, of this case, and how to reach her safely (casi.actions.riporto); no
    other field of the two changes.

    Raises Vietato, Assente (not a person of a case the actor may change), Impossibile.
    """
    locked = claim(by, Azione.FONDERE_PERSONE, caso)
    people = Persona.objects.select_for_update().filter(pk__in=(tenuta, fusa), fusa_in=None).order_by("pk")
    rows = {each.pk: each for each in people}
    if len(rows) != 2:
        raise Assente
    member(locked, tenuta)
    touched = _cases_of(by, rows[fusa]) | _cases_of(by, rows[tenuta])
    fusione = Fusione(tenuta=rows[tenuta], fusa=rows[fusa], fatta_da=by.operatore)
    fusione.spostati = {DOPPIE: _take_doubles(rows[fusa], rows[tenuta]), RIPORTATI: carry(rows[fusa], rows[tenuta])}
    for name, (modello, campo) in RIGHE.items():
        found = modello.objects.filter(**{campo: fusa})
        fusione.spostati[name] = [str(pk) for pk in found.values_list("pk", flat=True)]
        found.update(**{campo: tenuta})
    fusione.full_clean()
    fusione.save()
    rows[fusa].fusa_in = rows[tenuta]
    rows[fusa].save(update_fields=["fusa_in"])
    record(by, Azione.FONDERE_PERSONE, casi=touched, dettaglio=Dettaglio(fusione, finalita="unisce"))
    return fusione


@transaction.atomic
def separa(*, by: Attore, caso: UUID, tenuta: UUID, vista: UUID | None = None) -> None:
    """Undo the last merge into `tenuta`; what was added to it since stays with it. `vista`: the one that was shown.

    Asks about every case of the two, as `unisci` does. Raises Vietato, Assente, Impossibile (also where `vista` is the
    last no more).
    """
    locked = claim(by, Azione.FONDERE_PERSONE, caso)
    member(locked, tenuta)
    Persona.objects.select_for_update().filter(pk=tenuta).first()
    in_force = Fusione.objects.filter(tenuta=tenuta, tenuta__fusa_in=None, annullata_il=None)
    fusione = in_force.select_related("tenuta", "fusa").order_by("-fatta_il").first()
    if fusione is None:
        raise Impossibile(_("Non c'è un'unione da annullare."))
    if vista not in (None, fusione.pk):
        raise Impossibile(
            _("L'ultima unione di questa scheda non è più quella che vedevi: non abbiamo separato nulla.")
        )
    # The doubles go back to households that the kept one may have been taken out of since.
    doubles = {each["nucleo_id"] for each in fusione.spostati[DOPPIE]}
    hers = Q(nucleo__componenti__persona=tenuta) | Q(nucleo__in=doubles)
    touched = _all_mine(by, Caso.objects.filter(hers))
    for name, (modello, campo) in RIGHE.items():
        moved = modello.objects.filter(**{"pk__in": fusione.spostati.get(name, ()), campo: tenuta})
        moved.update(**{campo: fusione.fusa})
    for double in fusione.spostati[DOPPIE]:
        Componente.objects.create(persona=fusione.fusa, **double)
    fusione.fusa.fusa_in = None
    fusione.fusa.save(update_fields=["fusa_in"])
    take_off(fusione.fusa, fusione.tenuta, fusione.spostati.get(RIPORTATI, []))
    fusione.annullata_il, fusione.annullata_da = timezone.now(), by.operatore
    fusione.save(update_fields=["annullata_il", "annullata_da"])
    record(by, Azione.FONDERE_PERSONE, casi=touched, dettaglio=Dettaglio(fusione, finalita="separa"))


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
    """Take away the memberships in progress that both have; what is needed to put them back, dates as text."""
    both = Componente.objects.filter(persona=tenuta, al=None).values("nucleo")
    doubles = Componente.objects.filter(persona=fusa, al=None, nucleo__in=both)
    taken = [
        {"id": each.pk, "nucleo_id": str(each.nucleo_id), "ruolo": each.ruolo, "dal": each.dal.isoformat()}
        for each in doubles
    ]
    doubles.delete()
    return taken
