"""Changing who is on record in a household."""

from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from casi.actions.incarichi import watching_closeness
from casi.actions.serratura import claim
from casi.actions.storico import correct, keep
from casi.attore import Attore
from casi.errori import Assente, Impossibile, Superato
from casi.models import Caso, Componente, LegameSociale, Nucleo, Persona, Residenza
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.persone import appartenenza, usciti

Riga = TypeVar("Riga", bound=Model)
ONE_DAY = timedelta(days=1)


@transaction.atomic
def aggiungi(*, by: Attore, caso: UUID, ruolo: str, dal: Any, **persona: Any) -> Persona:
    """A new person of the household. Raises Vietato, ValidationError."""
    locked = claim(by, Azione.MODIFICARE_PERSONE, caso)
    nuova = _saved(Persona(**persona))
    with watching_closeness(locked):
        _saved(Componente(nucleo=_household_of(locked), persona=nuova, ruolo=ruolo, dal=dal))
    return _recorded(by, locked, nuova)


@transaction.atomic
def correggi(
    *, by: Attore, caso: UUID, persona: UUID, versione: int, ruolo: str = "", dal: date | None = None, **campi: Any
) -> Persona:
    """What is on record of her; with `ruolo` and `dal`, also of her membership of this household, while it lasts.

    What it said is kept, with `perche` where a reason is given.

    Raises Vietato, Assente (nobody of this household), Superato, ValidationError.
    """
    locked = claim(by, Azione.MODIFICARE_PERSONE, caso)
    riga = locked_member(locked, persona)
    perche = campi.pop("perche", "")
    for name, value in campi.items():
        setattr(riga, name, value)
    componente = appartenenza(locked, persona)
    with watching_closeness(locked):
        try:
            saved = correct(riga, by=by, letta=versione, perche=perche)
        except Superato as other:
            if componente:  # what the form compares with
                other.attuale.ruolo, other.attuale.dal = componente.ruolo, componente.dal
            raise
        if componente:
            _move(componente, ruolo or componente.ruolo, dal or componente.dal)
            keep(componente, by=by, perche=perche)
            componente.save()
    return _recorded(by, locked, saved)


@transaction.atomic
def esce(*, by: Attore, caso: UUID, persona: UUID, al: Any, letto: date | None = None, perche: str = "") -> None:
    """End the membership in progress, or change the day it ends, `letto`; the person stays on record.

    A day that was said already is kept. Raises Vietato, Assente, Impossibile (another day was said meanwhile, too),
    ValidationError.
    """
    locked = claim(by, Azione.MODIFICARE_PERSONE, caso)
    locked_member(locked, persona)
    componente = appartenenza(locked, persona)
    if componente is None:
        raise Impossibile(_("Questa persona non è più nel nucleo."))
    _end(componente, al, by=by, letto=letto, perche=perche)
    _recorded(by, locked, Persona(pk=persona))


@transaction.atomic
def correggi_uscita(*, by: Attore, caso: UUID, persona: UUID, componente: int, al: date, **altro: Any) -> None:
    """Another last day, past too, of a membership that is over. `altro`: `letto` and `perche`, as of `esce`.

    Raises Vietato, Assente, Impossibile (another day was said meanwhile), ValidationError.
    """
    locked = claim(by, Azione.MODIFICARE_PERSONE, caso)
    locked_member(locked, persona)
    riga = usciti(caso, persona).filter(pk=componente).first()
    if riga is None:
        raise Assente
    if al >= timezone.localdate():
        raise ValidationError(
            {"al": _("È un giorno passato. Se c'è ancora, torna indietro e scegli «Rientra nel nucleo».")}
        )
    _end(riga, al, by=by, **altro)
    _recorded(by, locked, Persona(pk=persona))


@transaction.atomic
def rientra(*, by: Attore, caso: UUID, persona: UUID, ruolo: str, dal: Any) -> None:
    """Membership anew, from a day on. Raises Vietato, Assente, ValidationError (in it already)."""
    locked = claim(by, Azione.MODIFICARE_PERSONE, caso)
    riga = locked_member(locked, persona)
    with watching_closeness(locked):
        nuova = Componente(nucleo=locked.nucleo, persona=riga)
        _move(nuova, ruolo, dal)
        nuova.save()
    _recorded(by, locked, Persona(pk=persona))


@transaction.atomic
def abita(*, by: Attore, caso: UUID, persona: UUID, **campi: Any) -> Residenza:
    """Where the person lives from a day on; where she lived in the same way before ends the day before.

    With an end it is where she has lived for a while, and ends nothing.
    """
    locked = claim(by, Azione.MODIFICARE_PERSONE, caso)
    nuova = Residenza(persona=locked_member(locked, persona), **campi)
    before = Residenza.objects.filter(persona=persona, tipo=nuova.tipo, al=None, dal__lt=nuova.dal)
    for prima in before if nuova.al is None else ():
        prima.al, prima.versione = nuova.dal - ONE_DAY, prima.versione + 1
        prima.save(update_fields=["al", "versione"])
    _saved(nuova)
    return _recorded(by, locked, nuova)


@transaction.atomic
def correggi_residenza(
    *, by: Attore, caso: UUID, persona: UUID, residenza: UUID, versione: int, **campi: Any
) -> Residenza:
    """Where she lives or has lived, as it was read at `versione`; what it said is kept, with `perche` if given.

    Raises Vietato, Assente, Superato, ValidationError.
    """
    locked = claim(by, Azione.MODIFICARE_PERSONE, caso)
    riga = Residenza.objects.filter(persona=member(locked, persona), pk=residenza).first()
    if riga is None:
        raise Assente
    perche = campi.pop("perche", "")
    for name, value in campi.items():
        setattr(riga, name, value)
    return _recorded(by, locked, correct(riga, by=by, letta=versione, perche=perche))


@transaction.atomic
def scrivi_legame(
    *, by: Attore, caso: UUID, legame: UUID | None = None, versione: int = 0, **campi: Any
) -> LegameSociale:
    """A new tie of the household, or `legame` as it was read at `versione` changed: what it said is kept.

    Raises Vietato, Assente, Superato, ValidationError.
    """
    locked = claim(by, Azione.MODIFICARE_PERSONE, caso)
    nucleo = _household_of(locked)
    riga = LegameSociale.objects.filter(nucleo=nucleo, pk=legame).first() if legame else LegameSociale(nucleo=nucleo)
    if riga is None:
        raise Assente
    perche = campi.pop("perche", "")
    for name, value in campi.items():
        setattr(riga, name, value)
    saved = correct(riga, by=by, letta=versione, perche=perche) if legame else _saved(riga)
    return _recorded(by, locked, saved)


def member(caso: Caso, persona: UUID) -> Persona:
    """Somebody who is, or was, of the household of `caso`. Raises Assente."""
    found = Persona.objects.filter(appartenenze__nucleo__casi=caso, pk=persona).distinct().first()
    if found is None:
        raise Assente
    return found


def locked_member(caso: Caso, persona: UUID) -> Persona:
    """The same, locked: two cases may have her, or share a household. Raises Assente."""
    return Persona.objects.select_for_update().get(pk=member(caso, persona).pk)


def _move(componente: Componente, ruolo: str, dal: date) -> None:
    """Not saved yet. Raises ValidationError where she would be in the household twice on one day."""
    componente.ruolo, componente.dal = ruolo, dal
    others = Componente.objects.filter(nucleo=componente.nucleo, persona=componente.persona).exclude(pk=componente.pk)
    others = others.filter(dal__lte=componente.al) if componente.al else others
    if others.filter(Q(al__isnull=True) | Q(al__gte=dal)).exists():
        raise ValidationError({"dal": _("Quel giorno questa persona è già nel nucleo.")})
    componente.full_clean()


def _end(componente: Componente, al: date, *, by: Attore, letto: date | None = None, perche: str = "") -> None:
    """Raises Impossibile where its last day is not `letto` any more, ValidationError for a day before its first or of
    the next time she was here."""
    if componente.al != letto:
        raise Impossibile(_("Intanto qualcun altro ha cambiato il suo ultimo giorno: riapri il modulo e guardalo."))
    if al < componente.dal:
        early = _("Quel giorno non era ancora nel nucleo: c'è dal %(giorno)s.")
        raise ValidationError({"al": early % {"giorno": date_format(componente.dal, "j F Y").lower()}})
    again = Componente.objects.filter(nucleo=componente.nucleo_id, persona=componente.persona_id, dal__lte=al)
    if back := again.filter(dal__gt=componente.dal).order_by("dal").first():
        late = _("Quel giorno era già rientrata: è di nuovo nel nucleo dal %(giorno)s.")
        raise ValidationError({"al": late % {"giorno": date_format(back.dal, "j F Y").lower()}})
    said, componente.al = componente.al, al
    componente.full_clean()
    if said:
        keep(componente, by=by, perche=perche)
    componente.save()


def _household_of(caso: Caso) -> Nucleo:
    if caso.nucleo is None:
        caso.nucleo = Nucleo.objects.create()
        caso.save(update_fields=["nucleo"])
    return caso.nucleo


def _saved(riga: Riga) -> Riga:
    riga.full_clean()
    riga.save()
    return riga


def _recorded(by: Attore, caso: Caso, riga: Riga) -> Riga:
    record(by, Azione.MODIFICARE_PERSONE, casi=[caso.pk], dettaglio=Dettaglio(riga))
    return riga
