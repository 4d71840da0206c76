"""Who may be named on a level 5 entry, of the diary or an area of an assessment, and who is."""

from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from casi import policies
from casi.attore import Attore
from casi.models import Caso, Destinatario, Incarico, Livello, Parte, Riservata, VoceValutazioneRiservata, su
from casi.nominati import LEGGONO, LIBERI, nominati
from casi.registro import Dettaglio
from casi.ruoli import Azione
from casi.selectors.al_lavoro import let_in
from casi.selectors.casi import Aperto
from casi.selectors.lettura import read_in
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


def da_nominare(attore: Attore, riga: Riservata) -> list[Operatore]:
    """Whom `attore` may still name on it."""
    readers = lettori(riga)
    return [each for each in nominabili(attore, riga.caso.pk) if each.pk not in readers]


def lettori(riga: Riservata) -> set[int]:
    """Who wrote it, and who is named on it."""
    return {riga.autore.pk, *destinatari(riga).values_list("operatore", flat=True)}


def destinatari(riga: Riservata) -> QuerySet[Destinatario]:
    """Who is named on it, and why who is no social worker; for who may read it."""
    named = nominati().filter(**su(riga)).select_related("operatore__utente", "operatore__ente")
    return named.order_by(nome_corrente("operatore__ente"), "operatore")


def riservata(attore: Attore, pk: UUID, voce: UUID, azione: Azione) -> tuple[Aperto, Riservata]:
    """A level 5 entry or area that `attore` reads, for doing `azione` with it. Raises Assente."""

    def read(aperto: Aperto) -> tuple[Riservata, Dettaglio] | None:
        riga = leggibile(attore, aperto.caso, aperto.azioni, voce)
        return (riga, Dettaglio(riga, livello=Livello.RISERVATO)) if riga else None

    return read_in(attore, pk, azione, read)


def leggibile(attore: Attore, caso: Caso, azioni: frozenset[Azione], pk: UUID) -> Riservata | None:
    """The level 5 entry or area of the case with this key, if `attore` reads it."""
    entries = policies.voci_visibili(attore, caso, azioni).filter(livello=Livello.RISERVATO)
    areas = policies.salute_e_minori_visibili(attore, caso, azioni)
    return entries.filter(pk=pk).first() or areas.filter(pk=pk).first()


def aree(attore: Attore, aperto: Aperto) -> list[VoceValutazioneRiservata]:
    """The areas that `attore` reads without assessing, of whom no assessment is: the newest first."""
    if Azione.VALUTARE in aperto.azioni:
        return []
    found = policies.salute_e_minori_visibili(attore, aperto.caso, aperto.azioni)
    named = found.select_related("valutazione__autore__utente").defer("bisogni", "risorse")
    return list(named.order_by("-valutazione__iniziata_il", "area"))


def is_area(riga: Riservata) -> bool:
    """Of an assessment; else it is an entry of the diary."""
    return isinstance(riga, VoceValutazioneRiservata)
