"""Writing the register. Reads call it in their own transaction: what cannot be written down is not shown."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from casi.attore import Attore
from casi.models import Esito, Registro
from casi.ruoli import Azione

LEGGE = "legge"  # what a page is opened for, where nothing more is said
ARRIVATI = frozenset({"richiesta", "segnalazione", "primoascolto"})  # what of a line is no case and may become one
NASCOSTO = "conclude_nascosto"  # of help that somebody has hidden, ended with its case
DI_NASCOSTI = Q(azione=Azione.CONDURRE, finalita=NASCOSTO)  # lines for who watches over the register alone
FINE = "fine"  # of an emergency: the line that ends it is no second opening


@dataclass(frozen=True)
class Dettaglio:
    """What an act was about, when the action and the case do not say it all. No text of a case, ever.

    `oggetti`: keys of the requests, alerts and conversations of a list. `titoli`: of the rows it was allowed by, where
    they are not those that the decision on this very action, on this case, has found.
    """

    oggetto: Model | None = None
    oggetti: Collection[UUID] = ()
    livello: int | None = None
    finalita: str = ""
    risultati: int | None = None
    titoli: Collection[UUID] = ()


NIENTE = Dettaglio()


def record(
    attore: Attore,
    azione: Azione,
    *,
    casi: Iterable[UUID] = (),
    esito: Esito = Esito.CONSENTITO,
    dettaglio: Dettaglio = NIENTE,
) -> Registro:
    """One line: who, for whom, in which role, what, on which cases, with which outcome. Raises DatabaseError."""
    operatore, oggetto, casi = attore.operatore, dettaglio.oggetto, list(casi)
    titoli = dettaglio.titoli or [riga for pk in casi for riga in attore.titoli.get((azione, pk), ())]
    return Registro.objects.create(
        utente_id=operatore.utente_id,
        operatore_id=operatore.pk,
        ente_id=operatore.ente_id,
        ente_nome=operatore.ente.nome,
        ruolo=operatore.ruolo,
        azione=azione,
        esito=esito,
        casi=casi,
        oggetto=(oggetto._meta.model_name or "") if oggetto else "",
        oggetto_id=oggetto.pk if oggetto and isinstance(oggetto.pk, UUID) else None,
        oggetti=list(dettaglio.oggetti),
        titoli=list(titoli) if esito == Esito.CONSENTITO else [],
        livello=dettaglio.livello,
        finalita=dettaglio.finalita,
        risultati=dettaglio.risultati,
        sessione=attore.sessione,
        indirizzo=attore.indirizzo,
        richiesta=attore.richiesta,
    )


def about(chiavi: Collection[UUID]) -> Q:
    """Of the lines, those about what is no case: one of `chiavi`, by itself or in a list."""
    return Q(oggetto_id__in=chiavi) | Q(oggetti__overlap=list(chiavi)) & ~Q(oggetti=[])  # as the index has it


def arrivals_of(line: Registro) -> list[UUID]:
    """What of it is a request, an alert or a conversation: the one it is about, those it lists."""
    one = line.oggetto_id if line.oggetto in ARRIVATI else None
    return [*([one] if one else []), *line.oggetti]


def shown_by(attore: Attore, richiesta: UUID) -> list[Registro]:
    """What a request of his, of this very session, has shown: the lines of it, in order. None of somebody else's."""
    return list(_of(attore, richiesta, timedelta(days=1)).filter(esito=Esito.CONSENTITO, sessione=attore.sessione))


def already_refused(attore: Attore) -> bool:
    """Whether this request has left a refusal behind."""
    return _of(attore, attore.richiesta, timedelta(hours=1)).filter(esito=Esito.NEGATO).exists()


def _of(attore: Attore, richiesta: UUID, within: timedelta) -> QuerySet[Registro]:
    """`within`: how long ago at most, so that the whole register is not gone through."""
    lately = Registro.objects.filter(quando__gte=timezone.now() - within, operatore_id=attore.operatore.pk)
    return lately.filter(richiesta=richiesta).order_by("pk")


def refuse(attore: Attore, azione: Azione, *, casi: Iterable[UUID] = ()) -> None:
    """A line for who was turned away at the door, or by the action itself: then after it was rolled back."""
    record(attore, azione, casi=casi, esito=Esito.NEGATO)
