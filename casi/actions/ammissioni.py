"""Which bodies share a case. A body is let in with a purpose and an end, and put out at once; nothing is erased."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from casi.actions.avvisi import notify, responsabili
from casi.actions.incarichi import take
from casi.actions.serratura import claim
from casi.attore import Attore
from casi.errori import Impossibile, Sostituito
from casi.mesi import last_day_of
from casi.models import CON_ALTRI_ENTI, Ambito, Ammissione, Caso, Incarico, Informativa, Opposizione, TipoAvviso
from casi.registro import Dettaglio, record
from casi.ruoli import Azione
from casi.selectors.condivisione import rete_di
from catalogo.models import Ente

MESI, MESI_AL_MASSIMO = 12, 24  # how long a body sees a case, unless it is said again


@dataclass(frozen=True)
class Condizioni:
    """What a body is admitted for, on which ground, to how much (the summary always), from when to when."""

    finalita: str
    base_giuridica: str
    informativa: Informativa
    dal: date
    al: date
    ambiti: tuple[str, ...] = ()


@transaction.atomic
def admit(*, by: Attore, caso: UUID, ente: Ente, condizioni: Condizioni) -> Ammissione:
    """Admit `ente`. Raises Vietato, Impossibile, ValidationError."""
    locked = claim(by, Azione.CONDIVIDERE, caso)
    _check(locked, ente, condizioni)
    _part_with(by, locked, ente, condizioni.dal)
    ammissione = _write(by, locked, ente, condizioni)
    record(by, Azione.CONDIVIDERE, casi=[caso], dettaglio=Dettaglio(ammissione, finalita="ammette"))
    return ammissione


@transaction.atomic
def rescope(*, by: Attore, caso: UUID, ammissione: UUID, condizioni: Condizioni) -> Ammissione:
    """Other conditions from now on: the admission ends and a new one begins, so that what was seen when stays known.

    Raises Sostituito when somebody has just said others, Vietato, Impossibile, ValidationError.
    """
    locked = claim(by, Azione.CONDIVIDERE, caso)
    old = _running(locked, ammissione)
    # One that has not begun yet begins when it was to begin.
    condizioni = replace(condizioni, dal=max(old.dal, timezone.localdate()))
    _close(by, old)
    _check(locked, old.ente, condizioni)
    new = _write(by, locked, old.ente, condizioni)
    record(by, Azione.CONDIVIDERE, casi=[caso], dettaglio=Dettaglio(new, finalita="cambia"))
    return new


@transaction.atomic
def withdraw(*, by: Attore, caso: UUID, ammissione: UUID) -> None:
    """Put a body out: from the next request none of its people sees the case.

    Raises Sostituito when somebody has just said other conditions, Vietato, Impossibile.
    """
    locked = claim(by, Azione.CONDIVIDERE, caso, anche_finito=True)
    row = _running(locked, ammissione)
    _end(by, locked, row)
    record(by, Azione.CONDIVIDERE, casi=[caso], dettaglio=Dettaglio(row, finalita="revoca"))


@transaction.atomic
def oppose(*, by: Attore, caso: UUID, ente: Ente) -> Opposizione:
    """The person does not want `ente`: it leaves if it is there, and cannot come in."""
    locked = claim(by, Azione.CONDIVIDERE, caso, anche_finito=True)
    opposizione = Opposizione(caso=locked, ente=ente, scritta_da=by.operatore)
    opposizione.full_clean()
    opposizione.save()
    for row in _not_over(locked).filter(ente=ente):
        _end(by, locked, row)
    record(by, Azione.CONDIVIDERE, casi=[caso], dettaglio=Dettaglio(opposizione, finalita="oppone"))
    return opposizione


@transaction.atomic
def accept_again(*, by: Attore, caso: UUID, opposizione: UUID) -> None:
    """The person has changed her mind. The body may be admitted, and is not yet."""
    locked = claim(by, Azione.CONDIVIDERE, caso, anche_finito=True)
    row = locked.opposizioni.filter(pk=opposizione, ritirata_il__isnull=True).first()
    if row is None:
        raise Impossibile(_("Questa opposizione è già stata ritirata."))
    row.ritirata_il = timezone.now()
    row.save(update_fields=["ritirata_il"])
    record(by, Azione.CONDIVIDERE, casi=[caso], dettaglio=Dettaglio(row, finalita="ritira_opposizione"))


def end_all(by: Attore, caso: Caso) -> None:
    """Every other body leaves, as when the case closes; what is over keeps its last day, which the person's copy tells.
    The caller has asked, has locked the case and records.
    """
    for row in _not_over(caso).select_related("ente"):
        _end(by, caso, row)


def _check(caso: Caso, ente: Ente, condizioni: Condizioni) -> None:
    """Raise Impossibile with the first reason why `ente` cannot be admitted."""
    if caso.stato not in CON_ALTRI_ENTI:
        text = _("Gli altri enti entrano solo dopo la presa in carico e finché il caso è aperto: ora è «%(stato)s».")
        raise Impossibile(text % {"stato": caso.get_stato_display()})
    if ente.pk == caso.ente_titolare_id:
        raise Impossibile(_("Questo ente è il titolare del caso: lo vede già."), campo="ente")
    if not rete_di(caso.ente_titolare_id).filter(pk=ente.pk).exists():
        text = _("Oggi questo ente non è nella rete: la sua adesione o il suo accordo privacy non valgono.")
        raise Impossibile(text, campo="ente")
    if caso.opposizioni.filter(ente=ente, ritirata_il__isnull=True).exists():
        raise Impossibile(_("La persona si oppone: non vuole che questo ente veda il suo caso."), campo="ente")
    _check_days(caso, ente, condizioni)


def _check_days(caso: Caso, ente: Ente, condizioni: Condizioni) -> None:
    if condizioni.informativa.valida_dal > timezone.localdate():
        raise Impossibile(_("Questa informativa non vale ancora: scegli quella in vigore."), campo="informativa")
    if condizioni.dal < timezone.localdate():
        raise Impossibile(_("La condivisione non può cominciare nel passato."), campo="dal")
    if condizioni.al > last_day_of(condizioni.dal, MESI_AL_MASSIMO):
        text = _("Una condivisione dura al massimo %(mesi)s mesi, poi si rinnova.")
        raise Impossibile(text % {"mesi": MESI_AL_MASSIMO}, campo="al")
    still = Q(al__isnull=True) | Q(al__gte=condizioni.dal)
    if caso.ammissioni.filter(still, dal__lte=condizioni.al, ente=ente, tolta_il__isnull=True).exists():
        text = _("Questo ente è già ammesso al caso in quei giorni: cambia ciò che può vedere.")
        raise Impossibile(text, campo="ente")


def _write(by: Attore, caso: Caso, ente: Ente, condizioni: Condizioni) -> Ammissione:
    ammissione = Ammissione(
        caso=caso,
        ente=ente,
        finalita=condizioni.finalita,
        base_giuridica=condizioni.base_giuridica,
        informativa=condizioni.informativa,
        ambiti=sorted({Ambito.SINTESI.value, *condizioni.ambiti}),
        dal=condizioni.dal,
        al=condizioni.al,
        data_da=by.operatore,
    )
    ammissione.full_clean()
    ammissione.save()
    return ammissione


def _part_with(by: Attore, caso: Caso, ente: Ente, dal: date) -> None:
    """Who worked under an earlier admission does not come back by himself with the one that begins `dal`, unless the
    earlier one still runs and they touch: he is off the case now, or on the last day of the one that is still running.
    """
    today = timezone.localdate()
    earlier = caso.ammissioni.filter(ente=ente, tolta_il__isnull=True, al__gte=today, al__lt=dal)
    if earlier.filter(al=dal - timedelta(days=1)).exists():
        return
    running = earlier.filter(dal__lte=today).first()
    for incarico in _theirs(caso, ente.pk):
        if running is None or running.al is None:
            take(by, incarico)
        elif incarico.al is None or incarico.al > running.al:
            incarico.al = running.al
            incarico.save(update_fields=["al"])


def _theirs(caso: Caso, ente: int) -> QuerySet[Incarico]:
    """Their assignments that are not over."""
    still = Q(al__isnull=True) | Q(al__gte=timezone.localdate())
    rows = caso.incarichi.filter(still, operatore__ente=ente, tolta_il__isnull=True)
    return rows.select_related("operatore__utente", "caso")


def _running(caso: Caso, ammissione: UUID) -> Ammissione:
    """An admission that has not ended, or has not begun yet. Raises Sostituito when another is in its place."""
    row = _not_over(caso).filter(pk=ammissione).select_related("ente").first()
    if row is not None:
        return row
    if now := _instead_of(caso, ammissione):
        raise Sostituito(now)
    raise Impossibile(_("Questo ente non è più ammesso al caso."))


def _instead_of(caso: Caso, ammissione: UUID) -> Ammissione | None:
    """The admission of the same body that has taken the place of one that was put an end to, from the same days."""
    old = caso.ammissioni.filter(pk=ammissione, tolta_il__isnull=False).first()
    if old is None:
        return None
    begun = (old.dal, max(old.dal, timezone.localdate()))
    return _not_over(caso).filter(ente=old.ente_id, dal__range=begun).select_related("informativa").first()


def _not_over(caso: Caso) -> QuerySet[Ammissione]:
    return caso.ammissioni.filter(Q(al__isnull=True) | Q(al__gte=timezone.localdate()), tolta_il__isnull=True)


def _close(by: Attore, row: Ammissione) -> None:
    row.tolta_il, row.tolta_da = timezone.now(), by.operatore
    row.save(update_fields=["tolta_il", "tolta_da"])


def _end(by: Attore, caso: Caso, row: Ammissione) -> None:
    """The body leaves with its people and their permission rows; they are told that, and not which case.

    Where another admission of it runs today, as when one that begins later is withdrawn, its people stay.
    """
    _close(by, row)
    people = []
    still = caso.ammissioni.in_force(timezone.localdate()).filter(ente=row.ente_id).exists()
    for incarico in _theirs(caso, row.ente_id) if not still else ():
        take(by, incarico)
        people.append(incarico.operatore)
    notify(people, TipoAvviso.INCARICO_FINITO)
    others = [each for each in responsabili(caso) if each.pk != by.operatore.pk]
    notify(others, TipoAvviso.AMMISSIONE_FINITA, caso)
