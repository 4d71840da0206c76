"""Hiding a thing of a case from everybody but its author; the hiding is hidden too."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from casi import policies
from casi.actions.serratura import claim
from casi.attore import Attore
from casi.errori import Vietato
from casi.models import Oscuramento, VoceDiario
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.oscuramenti import NASCONDIBILI, undoable


@transaction.atomic
def hide(*, by: Attore, caso: UUID, cosa: str, pk: UUID, chiesto_dalla_persona: bool) -> None:
    """Hide the thing, and with an entry what corrects it. Raises Vietato, also for what one does not see."""
    locked = claim(by, Azione.OSCURARE, caso, anche_finito=True)
    found = NASCONDIBILI[cosa].visibili(by, locked, policies.azioni_su(by, caso)).filter(pk=pk).first()
    if found is None:
        raise Vietato
    corrections = _corrections(found) if isinstance(found, VoceDiario) else []
    now = timezone.now()
    for each in [found, *corrections]:
        row = Oscuramento(caso=locked, fatto_da=by.operatore, fatto_il=now, chiesto_dalla_persona=chiesto_dalla_persona)
        setattr(row, cosa, each)
        row.full_clean()
        row.save()
    record(by, Azione.OSCURARE, casi=[caso], dettaglio=Dettaglio(found, finalita="nasconde"))


@transaction.atomic
def unhide(*, by: Attore, caso: UUID, oscuramento: UUID) -> None:
    """Show again what was hidden with it. For who hid it and for the author of the thing. Raises Vietato."""
    locked = claim(by, Azione.SCRIVERE_DIARIO, caso, anche_finito=True)
    found = undoable(by, locked).filter(pk=oscuramento).first()
    if found is None:
        raise Vietato
    together = locked.oscuramenti.filter(fatto_da=found.fatto_da, fatto_il=found.fatto_il, tolto_il__isnull=True)
    together.update(tolto_il=timezone.now())
    told = Dettaglio(found, finalita="mostra", titoli=by.titoli[Azione.SCRIVERE_DIARIO, caso])
    record(by, Azione.OSCURARE, casi=[caso], dettaglio=told)


def hide_alike(before: VoceDiario, added: VoceDiario) -> None:
    """A correction of a hidden entry is hidden with it."""
    for hiding in before.oscuramenti.filter(tolto_il__isnull=True):
        Oscuramento.objects.create(
            caso_id=hiding.caso_id,
            voce=added,
            fatto_da_id=hiding.fatto_da_id,
            fatto_il=hiding.fatto_il,
            chiesto_dalla_persona=hiding.chiesto_dalla_persona,
        )


def _corrections(voce: VoceDiario) -> list[VoceDiario]:
    """Everything that corrects `voce`, directly or not."""
    found: list[VoceDiario] = []
    step = [voce]
    while step:
        step = list(VoceDiario.objects.filter(corregge__in=step).order_by("pk"))
        found += step
    return found
