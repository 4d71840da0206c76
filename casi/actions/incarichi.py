"""Who works on a case. The dated truth and the permission rows change together, in one transaction."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from uuid import UUID

from django.contrib.auth.models import Permission
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from casi.actions.avvisi import in_office, notify, responsabili
from casi.actions.serratura import claim
from casi.attore import Attore, from_server
from casi.errori import Impossibile
from casi.models import Caso, Incarico, Parte, PermessoUtenteSuCaso, Proposta, TipoAvviso
from casi.registro import Dettaglio, record
from casi.ruoli import PERMESSI_DI_PARTE, RUOLI, Azione
from casi.selectors.condivisione import assegnabili
from casi.selectors.conflitti import sospetti
from catalogo.models import Operatore
from catalogo.models.operatore import RuoloOperatore


@transaction.atomic
def assign(*, by: Attore, caso: UUID, operatore: Operatore, parte: str = Parte.COLLABORATORE) -> Incarico:
    """Put `operatore` on the case from today. Raises Vietato, Impossibile."""
    locked = claim(by, Azione.CONDIVIDERE, caso)
    if parte == Parte.RESPONSABILE:
        raise Impossibile(_("Il responsabile si cambia assegnando di nuovo il caso."), campo="parte")
    incarico = _join(by, locked, operatore, parte)
    record(by, Azione.CONDIVIDERE, casi=[locked.pk], dettaglio=Dettaglio(incarico, finalita="assegna"))
    return incarico


@transaction.atomic
def dismiss(*, by: Attore, caso: UUID, incarico: UUID) -> None:
    """Take somebody off the case, from this moment. Raises Vietato, Impossibile."""
    locked = claim(by, Azione.CONDIVIDERE, caso, anche_finito=True)
    found = locked.incarichi.in_force(timezone.localdate()).filter(pk=incarico).first()
    if found is None:
        raise Impossibile(_("Questa persona non è più sul caso."))
    if found.parte == Parte.RESPONSABILE:
        raise Impossibile(_("Un caso non resta senza responsabile: chiedi al coordinatore di assegnarlo ad altri."))
    take(by, found)
    notify([found.operatore], TipoAvviso.INCARICO_FINITO)
    record(by, Azione.CONDIVIDERE, casi=[locked.pk], dettaglio=Dettaglio(found, finalita="toglie"))


@transaction.atomic
def propose(*, by: Attore, caso: UUID, operatore: Operatore) -> Proposta:
    """Ask that a colleague of one's own body join the case; it opens nothing until the social worker says yes."""
    locked = claim(by, Azione.PROPORRE_OPERATORE, caso)
    if operatore.ente_id != by.operatore.ente_id:
        raise Impossibile(_("Puoi proporre solo persone del tuo ente."), campo="operatore")
    if locked.incarichi.in_force(timezone.localdate()).filter(operatore=operatore).exists():
        raise Impossibile(_("Questa persona segue già il caso."), campo="operatore")
    proposta = Proposta(caso=locked, operatore=operatore, fatta_da=by.operatore)
    proposta.full_clean()
    proposta.save()
    notify(responsabili(locked), TipoAvviso.PROPOSTA, locked)
    record(by, Azione.PROPORRE_OPERATORE, casi=[locked.pk], dettaglio=Dettaglio(proposta))
    return proposta


@transaction.atomic
def decide(*, by: Attore, caso: UUID, proposta: UUID, accolta: bool) -> None:
    """Answer a proposal; a yes assigns. Raises Vietato, Impossibile, ValidationError."""
    locked = claim(by, Azione.CONDIVIDERE, caso)
    found = locked.proposte.filter(pk=proposta, decisa_il__isnull=True).select_related("operatore").first()
    if found is None:
        raise Impossibile(_("A questa proposta è già stato risposto."))
    if accolta:
        _join(by, locked, found.operatore, Parte.COLLABORATORE)
    found.accolta, found.decisa_il, found.decisa_da = accolta, timezone.now(), by.operatore
    found.full_clean()
    found.save()
    what = "accoglie_proposta" if accolta else "respinge_proposta"
    record(by, Azione.CONDIVIDERE, casi=[locked.pk], dettaglio=Dettaglio(found, finalita=what))


def _join(by: Attore, caso: Caso, operatore: Operatore, parte: str) -> Incarico:
    """Check, assign, tell him."""
    today = timezone.localdate()
    if not assegnabili(caso).filter(pk=operatore.pk).exists():
        text = _("Questa persona oggi non agisce per l'ente titolare né per un ente ammesso al caso.")
        raise Impossibile(text, campo="operatore")
    if parte == Parte.COLLEGA and not _is_colleague(caso, operatore):
        raise Impossibile(_("Segue il caso insieme a te solo un assistente sociale del tuo ente."), campo="parte")
    if caso.incompatibilita.in_force(today).filter(utente=operatore.utente_id).exists():
        text = _("C'è un conflitto di interessi: questa persona non può seguire il caso.")
        raise Impossibile(text, campo="operatore")
    if caso.sigillato and not caso.nominati.in_force(today).filter(operatore=operatore).exists():
        text = _("Il caso è sigillato: prima aggiungi questa persona all'elenco di chi può aprirlo.")
        raise Impossibile(text, campo="operatore")
    incarico = give(by, caso, operatore, parte)
    notify([operatore], TipoAvviso.INCARICO, caso)
    return incarico


def _is_colleague(caso: Caso, operatore: Operatore) -> bool:
    return operatore.ente_id == caso.ente_titolare_id and operatore.ruolo == RuoloOperatore.ASSISTENTE_SOCIALE


def give(by: Attore, caso: Caso, operatore: Operatore, parte: str) -> Incarico:
    """The assignment and its permission rows; the caller has asked, has locked the case and records.

    Whoever may be too close to the household is pointed out to the others who answer for the case.
    """
    if Azione.VEDERE_CASO not in RUOLI[operatore.ruolo].azioni:
        raise Impossibile(_("Il ruolo di questa persona non segue casi."), campo="operatore")
    today = timezone.localdate()
    # Also beside an assignment that is about to end: the rows of the larger part would outlive it.
    if caso.incarichi.in_force(today).filter(operatore=operatore).exists():
        raise Impossibile(_("Questa persona è già assegnata al caso."), campo="operatore")
    incarico = Incarico(caso=caso, operatore=operatore, parte=parte, dal=today, data_da=by.operatore)
    incarico.full_clean()
    incarico.save()
    project(caso, operatore.utente_id)
    warn_of_closeness(caso, [operatore])
    return incarico


def warn_of_closeness(caso: Caso, operatori: Iterable[Operatore], *, known: Collection[int] = ()) -> None:
    """Point out whoever may be too close to the household to the others who answer for the case; not those `known`."""
    close = sospetti(caso, operatori).keys() - set(known)
    if close:
        found = {each.pk: each for each in [*responsabili(caso), *in_office(caso, RuoloOperatore.COORDINATORE)]}
        notify([each for each in found.values() if each.pk not in close], TipoAvviso.INCOMPATIBILITA, caso)


@contextmanager
def watching_closeness(*casi: Caso) -> Iterator[None]:
    """While the households change: who is on a case may turn out to be of its own, or related."""
    before = [(caso, people := _on_it(caso), sospetti(caso, people)) for caso in casi]
    yield
    for caso, people, known in before:
        warn_of_closeness(caso, people, known=known)


def _on_it(caso: Caso) -> list[Operatore]:
    rows = caso.incarichi.in_force(timezone.localdate()).select_related("operatore__utente", "operatore__ente")
    return [each.operatore for each in rows]


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


def misaligned() -> Iterator[tuple[UUID, int]]:
    """Case and person wherever the permission rows are not those of the assignments in force today."""
    cases = Caso.objects.order_by("pk").values_list("pk", flat=True)
    for some in batched(cases.iterator(), 1_000):
        rows = PermessoUtenteSuCaso.objects.filter(content_object__in=some).order_by("pk")
        there = set(rows.values_list("content_object", "user", "permission__codename"))
        parts = Incarico.objects.in_force(timezone.localdate()).filter(caso__in=some).order_by("pk")
        here = parts.values_list("caso", "operatore__utente", "parte")
        wanted = {(caso, utente, codename) for caso, utente, parte in here for codename in PERMESSI_DI_PARTE[parte]}
        yield from sorted({(caso, utente) for caso, utente, _codename in there ^ wanted})


@transaction.atomic
def realign(caso: UUID, utente_id: int) -> None:
    """Put the permission rows of one person on one case right; on the register, under his last tie if he has one."""
    locked = Caso.objects.select_for_update(no_key=True).get(pk=caso)
    project(locked, utente_id)
    ties = Operatore.objects.filter(utente=utente_id).select_related("ente").order_by("-dal", "-pk")
    tie = ties.first() or Operatore(pk=0, utente_id=utente_id, ente=locked.ente_titolare)
    record(from_server(tie), Azione.CONDIVIDERE, casi=[caso], dettaglio=Dettaglio(finalita="riallinea"))


def batched(values: Iterable[UUID], size: int) -> Iterator[list[UUID]]:
    """`itertools.batched`, which Python 3.11 does not have."""
    rest = iter(values)
    while some := list(islice(rest, size)):
        yield some
