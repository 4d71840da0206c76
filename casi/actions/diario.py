"""Writing in the diary. An entry is never changed nor removed: it is corrected by another one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casi import policies
from casi.actions.avvisi import notify
from casi.actions.controfirma import void_countersignature
from casi.actions.oscuramenti import hide_alike
from casi.actions.serratura import claim
from casi.attore import Attore
from casi.errori import Vietato
from casi.models import (
    Caso,
    Destinatario,
    Livello,
    TipoAvviso,
    TipoVoce,
    VoceDiario,
)
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.al_lavoro import let_in
from casi.selectors.diario import may_write_at
from catalogo.models import Operatore


@dataclass(frozen=True)
class NuovaVoce:
    """What is written of one fact."""

    testo: str
    avvenuto_il: date
    tipo: str = TipoVoce.NOTA
    livello: int = Livello.CARTELLA
    condiviso: bool = False
    destinatari: tuple[int, ...] = ()


@transaction.atomic
def write(*, by: Attore, caso: UUID, voce: NuovaVoce) -> VoceDiario:
    """A new entry. Raises Vietato, ValidationError (a reader who is not at work on the case, a day to come)."""
    azione = may_write_at(voce.livello)
    return _add(by, claim(by, azione, caso), azione, voce)


@transaction.atomic
def correct(*, by: Attore, caso: UUID, voce: UUID, testo: str, chiesta_dalla_persona: bool = False) -> VoceDiario:
    """A dated annotation to `voce`, at its level and for its readers. Raises Vietato, also for the unreadable."""
    locked = claim(by, Azione.SCRIVERE_DIARIO, caso, anche_finito=chiesta_dalla_persona)
    before = policies.voci_visibili(by, locked, policies.azioni_su(by, caso)).filter(pk=voce).first()
    if before is None:
        raise Vietato
    azione = may_write_at(before.livello)
    claim(by, azione, caso, anche_finito=chiesta_dalla_persona)
    readers = {before.autore_id, *before.destinatari.values_list("operatore_id", flat=True)} - {by.operatore.pk}
    correction = NuovaVoce(
        testo=testo,
        avvenuto_il=timezone.localdate(),
        tipo=TipoVoce.RETTIFICA if chiesta_dalla_persona else TipoVoce.NOTA,
        livello=before.livello,
        condiviso=before.condiviso,
        destinatari=tuple(readers & _let_in(locked)) if before.livello == Livello.RISERVATO else (),
    )
    added = _add(by, locked, azione, correction, corregge=before)
    hide_alike(before, added)
    return added


@transaction.atomic
def name_reader(*, by: Attore, caso: UUID, voce: UUID, operatore: int) -> None:
    """One more reader of a level 5 entry, named by who reads it: else it would be lost with its author.

    Raises Vietato, also for the unreadable, and ValidationError for who does not work on the case or reads it already.
    """
    locked = claim(by, Azione.NOMINARE_LETTORI, caso)
    readable = policies.voci_visibili(by, locked, policies.azioni_su(by, caso))
    riga = readable.filter(pk=voce, livello=Livello.RISERVATO).first()
    if riga is None:
        raise Vietato
    readers = {riga.autore_id, *riga.destinatari.values_list("operatore_id", flat=True)}
    if operatore not in _let_in(locked) - readers:
        raise ValidationError({"operatore": _("Puoi nominare solo chi oggi lavora a questo caso.")})
    _name(riga, [operatore])
    notify(Operatore.objects.filter(pk=operatore), TipoAvviso.VOCE_RISERVATA, locked)
    told = Dettaglio(riga, livello=riga.livello, finalita=f"nomina {operatore}")
    record(by, Azione.NOMINARE_LETTORI, casi=[caso], dettaglio=told)


def _add(by: Attore, caso: Caso, azione: Azione, voce: NuovaVoce, corregge: VoceDiario | None = None) -> VoceDiario:
    _check(caso, voce)
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
    _name(riga, voce.destinatari)
    if riga.livello == Livello.RISERVATO:
        void_countersignature(by, azione, caso)
    finalita = "corregge" if corregge else ""
    record(by, azione, casi=[caso.pk], dettaglio=Dettaglio(riga, livello=riga.livello, finalita=finalita))
    return riga


def _check(caso: Caso, voce: NuovaVoce) -> None:
    if voce.avvenuto_il > timezone.localdate():
        raise ValidationError({"avvenuto_il": _("Il giorno non può essere nel futuro.")})
    if voce.destinatari and voce.livello != Livello.RISERVATO:
        raise ValidationError({"destinatari": _("Le persone si nominano solo su una voce riservata.")})
    if not set(voce.destinatari) <= _let_in(caso):
        raise ValidationError({"destinatari": _("Puoi nominare solo chi oggi lavora a questo caso.")})


def _let_in(caso: Caso) -> set[int]:
    return set(let_in(caso.pk).values_list("operatore_id", flat=True))


def _name(riga: VoceDiario, people: Iterable[int]) -> None:
    Destinatario.objects.bulk_create(Destinatario(voce=riga, operatore_id=pk) for pk in sorted(people))
