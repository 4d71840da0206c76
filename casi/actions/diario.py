"""Writing in the diary. An entry is never changed nor removed: it is corrected by another one."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casi import policies
from casi.actions.controfirma import void_countersignature
from casi.actions.lettori import Motivi, carried, chosen, name
from casi.actions.oscuramenti import hide_alike
from casi.actions.serratura import claim
from casi.attore import Attore
from casi.errori import Vietato
from casi.models import (
    Caso,
    Livello,
    TipoVoce,
    VoceDiario,
)
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.diario import may_write_at


@dataclass(frozen=True)
class NuovaVoce:
    """What is written of one fact."""

    testo: str
    avvenuto_il: date
    tipo: str = TipoVoce.NOTA
    livello: int = Livello.CARTELLA
    condiviso: bool = False
    destinatari: tuple[int, ...] = ()
    perche: str = ""  # a referent is among those


@transaction.atomic
def write(*, by: Attore, caso: UUID, voce: NuovaVoce) -> VoceDiario:
    """A new entry. Raises Vietato, ValidationError (a reader who may not be named, a day to come)."""
    azione = may_write_at(voce.livello)
    locked = claim(by, azione, caso)
    _check(voce)
    readers = chosen(caso, voce.destinatari, voce.perche, campi=("destinatari", "perche"))
    return _add(by, locked, azione, voce, readers)


@transaction.atomic
def correct(*, by: Attore, caso: UUID, voce: UUID, testo: str, chiesta_dalla_persona: bool = False) -> VoceDiario:
    """A dated annotation to `voce`, at its level and for its readers. Raises Vietato, also for the unreadable."""
    locked = claim(by, Azione.SCRIVERE_DIARIO, caso, anche_finito=chiesta_dalla_persona)
    before = policies.voci_visibili(by, locked, policies.azioni_su(by, caso)).filter(pk=voce).first()
    if before is None:
        raise Vietato
    azione = may_write_at(before.livello)
    claim(by, azione, caso, anche_finito=chiesta_dalla_persona)
    correction = NuovaVoce(
        testo=testo,
        avvenuto_il=timezone.localdate(),
        tipo=TipoVoce.RETTIFICA if chiesta_dalla_persona else TipoVoce.NOTA,
        livello=before.livello,
        condiviso=before.condiviso,
    )
    readers = carried(before) if before.livello == Livello.RISERVATO else {}
    others = {pk: why for pk, why in readers.items() if pk != by.operatore.pk}
    added = _add(by, locked, azione, correction, others, corregge=before)
    hide_alike(before, added)
    return added


def _add(
    by: Attore, caso: Caso, azione: Azione, voce: NuovaVoce, readers: Motivi, corregge: VoceDiario | None = None
) -> VoceDiario:
    riga = VoceDiario(
        caso=caso,
        ente=by.operatore.ente,
        autore=by.operatore,
        livello=voce.livello,
        condiviso=voce.condiviso and voce.livello <= Livello.CARTELLA,
        tipo=voce.tipo,
        avvenuto_il=voce.avvenuto_il,
        testo=voce.testo,
        corregge=corregge,
    )
    riga.full_clean()
    riga.save()
    name(riga, readers)
    if riga.livello == Livello.RISERVATO:
        void_countersignature(by, azione, caso)
    finalita = "corregge" if corregge else ""
    record(by, azione, casi=[caso.pk], dettaglio=Dettaglio(riga, livello=riga.livello, finalita=finalita))
    return riga


def _check(voce: NuovaVoce) -> None:
    if voce.avvenuto_il > timezone.localdate():
        raise ValidationError({"avvenuto_il": _("Il giorno non può essere nel futuro.")})
    if voce.destinatari and voce.livello != Livello.RISERVATO:
        raise ValidationError({"destinatari": _("Le persone si nominano solo su una voce riservata.")})
