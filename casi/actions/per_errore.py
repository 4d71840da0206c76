"""Who, or what, was written in a household by mistake: taken out, as if it had never been of it. A person, or somebody
close to it, is put back if that was wrong."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model, Q
from django.utils.translation import gettext as _

from casi import policies
from casi.actions.cancellazione import erase_person
from casi.actions.incarichi import watching_closeness
from casi.actions.persone import locked_member, member
from casi.actions.serratura import claim
from casi.actions.storico import keep_removed
from casi.attore import Attore
from casi.errori import Assente, Impossibile
from casi.models import (
    Caso,
    Componente,
    ComponenteTolto,
    Fusione,
    LegameSociale,
    Nucleo,
    Persona,
    Residenza,
    Storico,
)
from casi.registro import Dettaglio, record
from casi.ruoli import Azione

# What goes with her or stays as it is; anything else that points to a person stands in the way. A test knows them all.
SUOI = frozenset({Componente, Residenza, Storico, Fusione, Persona})


@transaction.atomic
def togli(*, by: Attore, caso: UUID, persona: UUID, perche: str = "") -> bool:
    """Take her out of the household; whether she is still on record, waiting to be put back.

    Nothing of her is kept where nothing but her record was written, and no other household has her. Raises Vietato,
    Assente (nobody of this household), Impossibile with what to do first.
    """
    locked = claim(by, Azione.MODIFICARE_PERSONE, caso)
    riga = locked_member(locked, persona)
    here = Componente.objects.filter(nucleo=locked.nucleo, persona=riga)
    _check(by, locked, riga)
    kept = _has_a_history(riga)
    if kept:
        here.update(nucleo=_apart(by, locked, perche))
    else:
        here.delete()
        erase_person(riga)
    finalita = "toglie_per_errore" if kept else "cancella_per_errore"
    record(by, Azione.MODIFICARE_PERSONE, casi=[caso], dettaglio=Dettaglio(Persona(pk=persona), finalita=finalita))
    return kept


@transaction.atomic
def togli_legame(*, by: Attore, caso: UUID, legame: UUID, perche: str) -> None:
    """Take out somebody close to the household, with what was corrected of him. Raises Vietato, Assente."""
    locked = claim(by, Azione.MODIFICARE_PERSONE, caso)
    riga = LegameSociale.objects.filter(nucleo=locked.nucleo_id, pk=legame).select_for_update().first()
    if riga is None:
        raise Assente
    riga.nucleo = _apart(by, locked, perche)
    riga.save(update_fields=["nucleo"])
    record(by, Azione.MODIFICARE_PERSONE, casi=[caso], dettaglio=Dettaglio(riga, finalita="toglie_legame"))


@transaction.atomic
def togli_residenza(*, by: Attore, caso: UUID, persona: UUID, residenza: UUID, perche: str) -> None:
    """A home that was never hers: what it said stays in the history of her record. Raises Vietato, Assente."""
    locked = claim(by, Azione.MODIFICARE_PERSONE, caso)
    riga = Residenza.objects.filter(persona=member(locked, persona), pk=residenza).select_for_update().first()
    if riga is None:
        raise Assente
    keep_removed(riga, by=by, perche=perche)
    record(by, Azione.MODIFICARE_PERSONE, casi=[caso], dettaglio=Dettaglio(riga, finalita="toglie_residenza"))
    riga.delete()


def _apart(by: Attore, caso: Caso, perche: str) -> Nucleo:
    """Where what is taken out of the household waits: in one that no case has."""
    tolto = ComponenteTolto(nucleo=caso.nucleo, appartato=Nucleo.objects.create(), perche=perche, tolto_da=by.operatore)
    tolto.full_clean()
    tolto.save()
    return tolto.appartato


@transaction.atomic
def rimetti(*, by: Attore, caso: UUID, tolto: UUID) -> None:
    """Put her back, or the tie, exactly as it was. Raises Vietato, Assente, Impossibile where a merge has put her there
    since."""
    locked = claim(by, Azione.MODIFICARE_PERSONE, caso)
    waiting = ComponenteTolto.objects.select_for_update(of=("self",)).select_related("appartato")  # two cases may try
    riga = waiting.filter(nucleo=locked.nucleo_id, pk=tolto).first()
    if riga is None:
        raise Assente
    hers = list(Componente.objects.filter(nucleo=riga.appartato).select_related("persona"))
    ties = LegameSociale.objects.filter(nucleo=riga.appartato)
    who: Model = hers[0].persona if hers else ties.get()
    with watching_closeness(locked):
        for each in hers:
            _back(each, locked)
        ties.update(nucleo=locked.nucleo)
    riga.delete()
    riga.appartato.delete()
    record(by, Azione.MODIFICARE_PERSONE, casi=[caso], dettaglio=Dettaglio(who, finalita="rimette"))


def _back(riga: Componente, caso: Caso) -> None:
    riga.nucleo = caso.nucleo  # type: ignore[assignment]
    try:
        riga.full_clean()
    except ValidationError as error:
        raise Impossibile(
            _("In quei giorni è già nel nucleo: correggi prima i giorni, oppure separa la scheda che è stata unita.")
        ) from error
    riga.save(update_fields=["nucleo"])


def _check(by: Attore, caso: Caso, persona: Persona) -> None:
    """Raise Impossibile with the first thing that hangs on her."""
    if not Componente.objects.filter(nucleo=caso.nucleo).exclude(persona=persona).exists():
        raise Impossibile(
            _("È l'unica persona scritta in questo caso: aggiungi prima quella giusta, oppure correggi la sua scheda.")
        )
    if Fusione.objects.filter(tenuta=persona, annullata_il=None).exists():
        raise Impossibile(_("La sua scheda è unita a un'altra: prima separale, dalla sua scheda."))
    for link in Persona._meta.related_objects:
        model = link.related_model
        if model not in SUOI and model._default_manager.filter(**{link.field.name: persona}).exists():
            what = {"cosa": model._meta.verbose_name_plural}
            raise Impossibile(_("C'è ancora qualcosa di suo (%(cosa)s): prima toglilo, o portalo a termine.") % what)
    cases = Caso.objects.filter(nucleo=caso.nucleo)
    mine = policies.visible_to(by, Azione.MODIFICARE_PERSONE).filter(nucleo=caso.nucleo)
    if cases.count() != mine.count():
        raise Impossibile(_("Da qui non la puoi togliere: parlane con chi coordina il servizio sociale."))


def _has_a_history(persona: Persona) -> bool:
    """More than her record and the one membership she was added with."""
    hers = Componente.objects.filter(persona=persona)
    said = Storico.objects.filter(Q(persona=persona) | Q(componente__persona=persona))
    lived = Residenza.objects.filter(persona=persona).exists() or hers.filter(al__isnull=False).exists()
    return (
        lived
        or hers.count() > 1
        or said.exists()
        or Fusione.objects.filter(Q(tenuta=persona) | Q(fusa=persona)).exists()
    )
