"""Who works on a case. The dated truth and the permission rows change together, in one transaction."""

from uuid import UUID

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone

from casi.actions.serratura import claim
from casi.attore import Attore
from casi.errori import Impossibile
from casi.models import Caso, Incarico, Parte, PermessoUtenteSuCaso
from casi.registro import Dettaglio, record
from casi.ruoli import PERMESSI_DI_PARTE, RUOLI, Azione
from catalogo.models import Operatore


@transaction.atomic
def assign(*, by: Attore, caso: UUID, operatore: Operatore, parte: Parte = Parte.COLLABORATORE) -> Incarico:
    """Put `operatore` on the case from today. Raises Vietato, Impossibile."""
    locked = claim(by, Azione.CONDIVIDERE, caso)
    if parte == Parte.RESPONSABILE:
        raise Impossibile("Il responsabile si cambia assegnando di nuovo il caso.")
    incarico = give(by, locked, operatore, parte)
    record(by, Azione.CONDIVIDERE, casi=[locked.pk], dettaglio=Dettaglio(incarico, finalita="assegna"))
    return incarico


@transaction.atomic
def dismiss(*, by: Attore, caso: UUID, incarico: UUID) -> None:
    """Take somebody off the case, from this moment. Raises Vietato, Impossibile."""
    locked = claim(by, Azione.CONDIVIDERE, caso)
    found = locked.incarichi.in_force(timezone.localdate()).filter(pk=incarico).first()
    if found is None:
        raise Impossibile("Questa persona non è più sul caso.")
    if found.parte == Parte.RESPONSABILE:
        raise Impossibile("Un caso non resta senza responsabile: chiedi al coordinatore di assegnarlo ad altri.")
    take(by, found)
    record(by, Azione.CONDIVIDERE, casi=[locked.pk], dettaglio=Dettaglio(found, finalita="toglie"))


def give(by: Attore, caso: Caso, operatore: Operatore, parte: str) -> Incarico:
    """The assignment and its permission rows; the caller has asked, has locked the case and records."""
    if Azione.VEDERE_CASO not in RUOLI[operatore.ruolo].azioni:
        raise Impossibile("Il ruolo di questa persona non segue casi.")
    today = timezone.localdate()
    # Also beside an assignment that is about to end: the rows of the larger part would outlive it.
    if caso.incarichi.in_force(today).filter(operatore=operatore).exists():
        raise Impossibile("Questa persona è già assegnata al caso.")
    incarico = Incarico(caso=caso, operatore=operatore, parte=parte, dal=today, data_da=by.operatore)
    incarico.full_clean()
    incarico.save()
    project(caso, operatore.utente_id)
    return incarico


def take(by: Attore, incarico: Incarico) -> None:
    """The reverse of `give`, under the same conditions."""
    incarico.tolta_il, incarico.tolta_da = timezone.now(), by.operatore
    incarico.save(update_fields=["tolta_il", "tolta_da"])
    project(incarico.caso, incarico.operatore.utente_id)


def project(caso: Caso, utente_id: int) -> None:
    """Make the permission rows of one person on one case those of the parts he has there today, no more, no less."""
    parts = caso.incarichi.in_force(timezone.localdate()).filter(operatore__utente=utente_id)
    wanted = frozenset().union(*(PERMESSI_DI_PARTE[parte] for parte in parts.values_list("parte", flat=True)))
    rows = PermessoUtenteSuCaso.objects.filter(content_object=caso, user=utente_id)
    rows.exclude(permission__codename__in=wanted).delete()
    missing = wanted - set(rows.values_list("permission__codename", flat=True))
    PermessoUtenteSuCaso.objects.bulk_create(
        PermessoUtenteSuCaso(content_object=caso, user_id=utente_id, permission=permission)
        for permission in Permission.objects.filter(content_type__app_label="casi", codename__in=missing)
    )
