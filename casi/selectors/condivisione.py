"""Who works on a case, body by body and person by person, and who could."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import models
from django.db.models import Case, Exists, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from casi.attore import Attore
from casi.models import (
    CON_ALTRI_ENTI,
    Ammissione,
    Caso,
    Incarico,
    Incompatibilita,
    Informativa,
    NominatoAlSigillo,
    Opposizione,
    Parte,
    Proposta,
)
from casi.reti import in_network
from casi.ruoli import RUOLI, Azione
from casi.selectors.casi import Aperto
from casi.selectors.conflitti import sospetti
from catalogo.models import Accordo, Adesione, Ente, Operatore
from catalogo.models.ente import nome_corrente

SEGUONO_CASI = [ruolo for ruolo, cosa in RUOLI.items() if Azione.VEDERE_CASO in cosa.azioni]


class Perche(models.TextChoices):
    """Why somebody who is on a case, or a body, does not see it today: in the order in which it is asked."""

    ACCOUNT = "account", _("il suo account è spento")
    ACCREDITO = "accredito", _("il suo accredito è finito")
    RETE = "rete", _("l'adesione del suo ente è sospesa o scaduta")
    ADESIONE = "adesione", _("la sua adesione è sospesa o scaduta")
    AMMISSIONE = "ammissione", _("il suo ente non è ammesso al caso")
    CONFLITTO = "conflitto", _("ha un conflitto di interessi")
    SIGILLO = "sigillo", _("non è sull'elenco del sigillo")


@dataclass(frozen=True)
class Persona:
    """Somebody on the case, why he may be too close to the household, if so, and why he does not see it today."""

    incarico: Incarico
    sospetto: Promise | None
    non_vede: str  # in words; empty for who does


@dataclass(frozen=True)
class EnteSulCaso:
    """A body on the case. Without `ammissione` it is the holder; `dettagli`: the actor may read what was agreed."""

    ente: Ente
    ammissione: Ammissione | None
    dettagli: bool
    persone: list[Persona]


@dataclass(frozen=True)
class Condivisione:
    """The page «Chi lavora al caso». What only the social worker reads is empty for the others; who has not the whole
    view reads who answers for the case, and of the bodies besides the holder only his own (domain.md §5.2)."""

    enti: list[EnteSulCaso]
    finite: list[Ammissione]
    opposizioni: list[Opposizione]
    proposte: list[Proposta]


def condivisione(attore: Attore, aperto: Aperto) -> Condivisione:
    """`aperto` is what `open_caso` answered: the reading is already in the register."""
    caso, leads = aperto.caso, Azione.CONDIVIDERE in aperto.azioni
    admissions = list(caso.ammissioni.select_related("ente", "informativa", "data_da__utente", "tolta_da__utente"))
    running = [row for row in admissions if caso.stato in CON_ALTRI_ENTI and not _over(row)]
    guests = [row for row in running if may_be_named(attore, aperto, row.ente_id)]
    assigned = _assigned(caso, attore)
    people = [
        each
        for each in _people(caso, assigned, leads=leads)
        if may_be_named(attore, aperto, each.incarico.operatore.ente_id, each.incarico.parte)
    ]
    proposes = leads or Azione.PROPORRE_OPERATORE in aperto.azioni
    unwanted = leads and any(row.con_opposizioni for row in assigned)
    proposed = proposes and any(row.con_proposte for row in assigned)
    return Condivisione(
        enti=[
            EnteSulCaso(
                ente=ente,
                ammissione=row,
                dettagli=leads or ente.pk == attore.operatore.ente_id,
                persone=[each for each in people if each.incarico.operatore.ente_id == ente.pk],
            )
            for ente, row in [(caso.ente_titolare, None), *((row.ente, row) for row in guests)]
        ],
        finite=[row for row in admissions if row not in running] if leads else [],
        opposizioni=list(_standing(caso)) if unwanted else [],
        proposte=list(_waiting(caso, attore, leads=leads)) if proposed else [],
    )


def may_be_named(attore: Attore, aperto: Aperto, ente: int, parte: str = "") -> bool:
    """Whether the reader learns that a body, or somebody of it who is there as `parte`, is on the case: a summary tells
    who is responsible; of the others, one's own body's (domain.md §5.2). The whole view, all."""
    ours = ente == attore.operatore.ente_id
    return Azione.VISTA_GLOBALE in aperto.azioni or ours or parte == Parte.RESPONSABILE


def enti_in_rete() -> QuerySet[Ente]:
    """Bodies that lead an agreement today, or whose adhesion and privacy deed are in force (as `policies.ties_of`)."""
    return Ente.objects.filter(in_network()).order_by(nome_corrente(), "pk")


def enti_con(attore: Attore) -> QuerySet[Ente]:
    """Of those, the ones of the actor's networks."""
    return Ente.objects.filter(in_rete_con(attore)).order_by(nome_corrente(), "pk")


def in_rete_con(attore: Attore, ente: str = "") -> Q:
    """Whether the body in `ente` (or a body itself) is in the network today, and in one of the actor's."""
    return in_network(ente) & ~Q((f"{ente or 'pk'}__in", attore.altre_reti))


def rete_di(titolare: int) -> QuerySet[Ente]:
    """Of those, who shares with the body `titolare` an agreement in force: other networks may live on this server."""
    today = timezone.localdate()
    here, his = Adesione.objects.in_force(today), Accordo.objects.in_force(today)
    shared = his.filter(Q(capofila=titolare) | Exists(here.filter(accordo=OuterRef("pk"), ente=titolare)))
    adheres = here.filter(accordo__in=shared, ente=OuterRef("pk"))
    return enti_in_rete().filter(Exists(shared.filter(capofila=OuterRef("pk"))) | Exists(adheres))


def ammissibili(caso: Caso) -> QuerySet[Ente]:
    """Bodies a form may offer: of the holder's network, not on the case yet, not unwanted."""
    today = timezone.localdate()
    here = caso.ammissioni.filter(Q(al__isnull=True) | Q(al__gte=today), ente=OuterRef("pk"), tolta_il__isnull=True)
    unwanted = caso.opposizioni.filter(ente=OuterRef("pk"), ritirata_il__isnull=True)
    return rete_di(caso.ente_titolare_id).filter(~Exists(here), ~Exists(unwanted)).exclude(pk=caso.ente_titolare_id)


def opponibili(caso: Caso) -> QuerySet[Ente]:
    """Bodies a person may say she does not want: any of the network, the holder apart, and any that is admitted, which
    would be back on the case by itself with its adhesion."""
    unwanted = caso.opposizioni.filter(ente=OuterRef("pk"), ritirata_il__isnull=True)
    not_over = Q(al__isnull=True) | Q(al__gte=timezone.localdate())
    admitted = Q(Exists(caso.ammissioni.filter(not_over, ente=OuterRef("pk"), tolta_il__isnull=True)))
    found = Ente.objects.filter(admitted | in_network(), ~Exists(unwanted))
    return found.exclude(pk=caso.ente_titolare_id).order_by(nome_corrente(), "pk")


def assegnabili(caso: Caso) -> QuerySet[Operatore]:
    """Who may be on the case today: people who follow cases, of the holder or of a body admitted to it."""
    today = timezone.localdate()
    admitted = caso.ammissioni.in_force(today).filter(ente=OuterRef("ente"))
    body = Q(ente=caso.ente_titolare_id) | (Exists(admitted) if caso.stato in CON_ALTRI_ENTI else Q(pk__in=[]))
    people = Operatore.objects.acting(today).filter(body, in_network("ente"), ruolo__in=SEGUONO_CASI)
    return people.select_related("utente", "ente").order_by(nome_corrente("ente"), "utente__last_name", "pk")


def da_assegnare(caso: Caso) -> QuerySet[Operatore]:
    """Those of `assegnabili` who are not on it yet."""
    here = caso.incarichi.in_force(timezone.localdate()).filter(operatore=OuterRef("pk"))
    return assegnabili(caso).filter(~Exists(here))


def proponibili(caso: Caso, attore: Attore) -> QuerySet[Operatore]:
    """Colleagues of the actor's own body who are neither on the case nor proposed already."""
    proposed = caso.proposte.filter(operatore=OuterRef("pk"), decisa_il__isnull=True)
    return da_assegnare(caso).filter(~Exists(proposed), ente=attore.operatore.ente_id)


def informative_valide(on: date) -> QuerySet[Informativa]:
    """The newest notice in each language that is valid on day `on`."""
    latest = Informativa.objects.filter(valida_dal__lte=on).order_by("lingua", "-valida_dal", "-pk")
    return Informativa.objects.filter(pk__in=latest.distinct("lingua").values("pk")).order_by("-valida_dal", "lingua")


def ammissione_di(caso: Caso, pk: UUID) -> Ammissione | None:
    """One admission of this very case."""
    return caso.ammissioni.select_related("ente", "informativa").filter(pk=pk).first()


def incarico_di(caso: Caso, pk: UUID) -> Incarico | None:
    """One assignment of this very case."""
    return caso.incarichi.select_related("operatore__utente", "operatore__ente").filter(pk=pk).first()


def opposizione_di(caso: Caso, pk: UUID) -> Opposizione | None:
    """One objection on this very case."""
    return _standing(caso).filter(pk=pk).first()


def proposta_di(caso: Caso, pk: UUID) -> Proposta | None:
    """One open proposal on this very case."""
    waiting = caso.proposte.filter(decisa_il__isnull=True, pk=pk)
    return waiting.select_related("operatore__utente", "operatore__ente", "fatta_da__utente").first()


def perche_non_vede(caso: Caso, attore: Attore) -> Case:
    """Of each assignment to `caso`: the first condition of `policies` that its person does not meet today, or ""; as
    the networks of `attore`, who reads it, go."""
    today = timezone.localdate()
    tie = Operatore.objects.in_force(today).filter(pk=OuterRef("operatore"), ruolo__in=SEGUONO_CASI)
    admitted = caso.ammissioni.in_force(today).filter(ente=OuterRef("operatore__ente"))
    guest = Q(Exists(admitted)) if caso.stato in CON_ALTRI_ENTI else Q(pk__in=[])
    conflict = Incompatibilita.objects.in_force(today).filter(caso=caso.pk, utente=OuterRef("operatore__utente"))
    named = NominatoAlSigillo.objects.in_force(today).filter(caso=caso.pk, operatore=OuterRef("operatore"))
    unmet: tuple[tuple[Any, Perche], ...] = (
        (Q(operatore__utente__is_active=False) | Q(operatore__utente__is_superuser=True), Perche.ACCOUNT),
        (~Exists(tie), Perche.ACCREDITO),
        (~in_rete_con(attore, "operatore__ente"), Perche.RETE),
        (~Q(operatore__ente=caso.ente_titolare_id) & ~guest, Perche.AMMISSIONE),
        (Exists(conflict), Perche.CONFLITTO),
        *(((~Exists(named), Perche.SIGILLO),) if caso.sigillato else ()),
    )
    return Case(*(When(each, then=Value(perche)) for each, perche in unmet), default=Value(""))


def perche_nessuno_vede(attore: Attore) -> Case:
    """Of each admission: whether its whole body does not see the case today."""
    return Case(When(~in_rete_con(attore, "ente"), then=Value(Perche.ADESIONE)), default=Value(""))


def non_vede(perche: str, *, leads: bool) -> str:
    """In words, "" for who does see it. Why, only who answers for the case is told: of a conflict nobody else may know,
    and one reason left unsaid would be told by the silence."""
    if not perche:
        return ""
    if not leads:
        return gettext("Oggi non lo vede.")
    return gettext("Oggi non lo vede: %(perche)s.") % {"perche": Perche(perche).label}


def _over(row: Ammissione) -> bool:
    """Withdrawn, or past its last day. One that begins tomorrow is not over."""
    return row.tolta_il is not None or (row.al is not None and row.al < timezone.localdate())


def _assigned(caso: Caso, attore: Attore) -> list[Any]:
    """Who is on the case today, and with them whether there is more to ask: most cases have none of it."""
    rows = caso.incarichi.in_force(timezone.localdate()).select_related("operatore__utente", "operatore__ente")
    return list(
        rows.annotate(
            con_opposizioni=Exists(Opposizione.objects.filter(caso=OuterRef("caso"), ritirata_il__isnull=True)),
            con_proposte=Exists(Proposta.objects.filter(caso=OuterRef("caso"), decisa_il__isnull=True)),
            perche=perche_non_vede(caso, attore),
        ).order_by("dal", "pk")
    )


def _people(caso: Caso, rows: list[Any], *, leads: bool) -> list[Persona]:
    warnings = sospetti(caso, [row.operatore for row in rows]) if leads else {}
    return [Persona(row, warnings.get(row.operatore.pk), non_vede(row.perche, leads=leads)) for row in rows]


def _standing(caso: Caso) -> QuerySet[Opposizione]:
    return caso.opposizioni.filter(ritirata_il__isnull=True).select_related("ente")


def _waiting(caso: Caso, attore: Attore, *, leads: bool) -> QuerySet[Proposta]:
    """Open proposals: all of them for who answers, one's own body's for who makes them."""
    rows = caso.proposte.filter(decisa_il__isnull=True).select_related("operatore__utente", "operatore__ente")
    return rows if leads else rows.filter(operatore__ente=attore.operatore.ente_id)
