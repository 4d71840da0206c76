"""A person put in a household by mistake: taken out, as if she had never been of it, and put back if that was wrong."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from casi import policies
from casi.actions.cancellazione import erase_person
from casi.actions.incarichi import watching_closeness
from casi.actions.persone import member
from casi.actions.serratura import claim
from casi.attore import Attore
from casi.errori import Assente, Impossibile
from casi.models import Caso, Componente, ComponenteTolto, Fusione, Nucleo, Persona, Residenza, Storico
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
    riga = Persona.objects.select_for_update().get(pk=member(locked, persona).pk)
    here = Componente.objects.filter(nucleo=locked.nucleo, persona=riga)
    _check(by, locked, riga)
    kept = _has_a_history(riga)
    if kept:
        appartato = Nucleo.objects.create()
        here.update(nucleo=appartato)
        tolto = ComponenteTolto(nucleo=locked.nucleo, appartato=appartato, perche=perche, tolto_da=by.operatore)
        tolto.full_clean()
        tolto.save()
    else:
        here.delete()
        erase_person(riga)
    finalita = "toglie_per_errore" if kept else "cancella_per_errore"
    record(by, Azione.MODIFICARE_PERSONE, casi=[caso], dettaglio=Dettaglio(Persona(pk=persona), finalita=finalita))
    return kept


@transaction.atomic
def rimetti(*, by: Attore, caso: UUID, tolto: UUID) -> None:
    """Put her back exactly as she was. Raises Vietato, Assente, Impossibile where a merge has put her there since."""
    locked = claim(by, Azione.MODIFICARE_PERSONE, caso)
    waiting = ComponenteTolto.objects.select_for_update(of=("self",)).select_related("appartato")  # two cases may try
    riga = waiting.filter(nucleo=locked.nucleo_id, pk=tolto).first()
    if riga is None:
        raise Assente
    hers = Componente.objects.filter(nucleo=riga.appartato)
    who = hers.values_list("persona", flat=True).order_by("pk").first()
    with watching_closeness(locked):
        for each in hers:
            _back(each, locked)
    riga.delete()
    riga.appartato.delete()
    record(by, Azione.MODIFICARE_PERSONE, casi=[caso], dettaglio=Dettaglio(Persona(pk=who), finalita="rimette"))


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
