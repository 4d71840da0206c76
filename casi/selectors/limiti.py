"""Conflicts of interest on a case and the names on its seal, for who answers for it."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from casi.attore import Attore
from casi.models import Caso, Incompatibilita, NominatoAlSigillo
from casi.ruoli import RUOLI, Azione
from casi.selectors.casi import Aperto
from casi.selectors.condivisione import assegnabili
from casi.selectors.garanti import garanti
from catalogo.models import Operatore
from catalogo.models.ente import nome_corrente
from catalogo.models.operatore import RuoloOperatore

# Who comes near a case without being on it: in an emergency, or looking back at one and at the register.
CI_ARRIVANO = [
    ruolo for ruolo, cosa in RUOLI.items() if cosa.azioni & {Azione.APRIRE_IN_EMERGENZA, Azione.ESAMINARE_EMERGENZE}
]


@dataclass(frozen=True)
class Limiti:
    """Empty for who may only declare a conflict of his own."""

    conflitti: list[Incompatibilita]
    nominati: list[NominatoAlSigillo]
    senza_garante: bool = False  # nobody who watches over data protection may look at what happens on it


def limiti(aperto: Aperto) -> Limiti:
    """`aperto` is what `open_caso` answered: the reading is already in the register."""
    caso, today = aperto.caso, timezone.localdate()
    conflicts = caso.incompatibilita.in_force(today).select_related("utente", "scritta_da__utente")
    written = list(conflicts) if Azione.CONDIVIDERE in aperto.azioni else []
    return Limiti(
        conflitti=written,
        senza_garante=bool(written) and not garanti(caso),
        nominati=list(nominati(caso)) if Azione.SIGILLARE in aperto.azioni and caso.sigillato else [],
    )


def nominati(caso: Caso) -> QuerySet[NominatoAlSigillo]:
    """The names on the seal today."""
    return caso.nominati.in_force(timezone.localdate()).select_related("operatore__utente", "operatore__ente")


def idonei(caso: Caso) -> QuerySet[Operatore]:
    """Whom a seal may name: who may be on the case, and the holder's coordinators, who can then give it to others.

    Without one of these a sealed case whose people leave would be nobody's for ever.
    """
    return _assignable_or(caso, Q(ente=caso.ente_titolare_id, ruolo=RuoloOperatore.COORDINATORE))


def ufficio(caso: Caso) -> QuerySet[Operatore]:
    """The holder's coordinators who are in no conflict over the case: today's and, if their tie begins later, theirs.

    A seal always names them. By its number alone they give the case to somebody when who follows it has left.
    """
    today = timezone.localdate()
    conflict = caso.incompatibilita.in_force(today).filter(utente=OuterRef("utente"))
    return Operatore.objects.filter(
        ~Exists(conflict),
        Q(al__isnull=True) | Q(al__gte=today),
        ente=caso.ente_titolare_id,
        ruolo=RuoloOperatore.COORDINATORE,
        chiuso_il__isnull=True,
        utente__is_active=True,
        utente__is_superuser=False,
    ).order_by("pk")


def ufficio_nominato(caso: Caso) -> QuerySet[Operatore]:
    """Of those, who is on the seal and at work today."""
    today = timezone.localdate()
    named = caso.nominati.in_force(today).filter(operatore=OuterRef("pk"))
    return ufficio(caso).filter(Exists(named), dal__lte=today)


def nominabili(caso: Caso) -> QuerySet[Operatore]:
    """Who may still be named."""
    return idonei(caso).filter(~Exists(nominati(caso).filter(operatore=OuterRef("pk"))))


def conflitti_aperti(caso: Caso) -> QuerySet[Incompatibilita]:
    """Conflicts that nobody has lifted."""
    return caso.incompatibilita.filter(al__isnull=True).select_related("utente")


def senza_conflitto(caso: Caso, attore: Attore) -> QuerySet[Operatore]:
    """Who may be on the case, or from any body of the network open it in an emergency or look back at one, and of whom
    no conflict is written."""
    written = conflitti_aperti(caso).filter(utente=OuterRef("utente"))
    network = ~Q(ente__in=attore.altre_reti)
    return _assignable_or(caso, Q(network, ruolo__in=CI_ARRIVANO)).filter(~Exists(written))


def _assignable_or(caso: Caso, others: Q) -> QuerySet[Operatore]:
    """Who may be on the case, and of who works today those that `others` says."""
    working = Operatore.objects.acting(timezone.localdate()).filter(others)
    able = Q(pk__in=assegnabili(caso).order_by().values("pk")) | Q(pk__in=working.values("pk"))
    people = Operatore.objects.filter(able).select_related("utente", "ente")
    return people.order_by(nome_corrente("ente"), "utente__last_name", "pk")
