"""Who may be named on a level 5 entry, and who is."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from casi.attore import Attore
from casi.models import Destinatario, Incarico, Parte, VoceDiario
from casi.nominati import LEGGONO, LIBERI, nominati
from casi.selectors.al_lavoro import let_in
from catalogo.models import Operatore
from catalogo.models.ente import nome_corrente


def possibili(caso: UUID) -> QuerySet[Incarico]:
    """The assignments of who may be named there: at work on the case today, on its seal, of a role that may read."""
    return let_in(caso).filter(operatore__ruolo__in=LEGGONO)


def nominabili(attore: Attore, caso: UUID) -> list[Operatore]:
    """Who may be named there, but oneself: who answers for the case first, then the other social workers."""
    others = possibili(caso).exclude(operatore=attore.operatore).order_by()
    answers = Incarico.objects.in_force(timezone.localdate()).filter(
        caso=caso, operatore=OuterRef("pk"), parte=Parte.RESPONSABILE
    )
    people = Operatore.objects.filter(pk__in=others.values("operatore")).select_related("utente", "ente")
    ranked = people.annotate(risponde=Exists(answers), libero=Q(ruolo__in=LIBERI))
    return list(ranked.order_by("-risponde", "-libero", nome_corrente("ente"), "utente__last_name", "pk"))


def da_nominare(attore: Attore, riga: VoceDiario) -> list[Operatore]:
    """Whom `attore` may still name on the entry."""
    readers = lettori(riga)
    return [each for each in nominabili(attore, riga.caso_id) if each.pk not in readers]


def lettori(riga: VoceDiario) -> set[int]:
    """Who wrote the entry, and who is named on it."""
    return {riga.autore_id, *destinatari(riga).values_list("operatore", flat=True)}


def destinatari(riga: VoceDiario) -> QuerySet[Destinatario]:
    """Who is named on the entry, and why who is no social worker; for who may read it."""
    named = nominati().filter(voce=riga).select_related("operatore__utente", "operatore__ente")
    return named.order_by(nome_corrente("operatore__ente"), "operatore")
