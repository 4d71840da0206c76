"""Who has seen a case, told to the person it is about: unit, day and hour, what was done. Without names of operators.

Source: Garante, dossier guidelines of 4 June 2015 (the person may ask from which unit, when and what for).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from casi.attore import Attore
from casi.frasi import done
from casi.lingue import codice_di
from casi.models import (
    AccessoEmergenza,
    Componente,
    Esito,
    Registro,
)
from casi.parole_estratto import MANCA
from casi.registro import Dettaglio, about
from casi.ruoli import Azione
from casi.selectors.casi import Aperto
from casi.selectors.contatto_sicuro import in_danger
from casi.selectors.enti_nominati import nomina, nominabili
from casi.selectors.estratto_testi import last_day
from casi.selectors.lettura import read_in
from casi.selectors.nomi import di_riferimento
from casi.selectors.persone import ever_members, has_left
from casi.selectors.registro_del_caso import shown_lines
from catalogo.models.operatore import RuoloOperatore

# The languages in which a person may ask for what is about her; those of the portal.
LINGUE = {"it": "Italiano", "en": "English", "uk": "Українська", "ar": "العربية"}

# Roles as a person knows them; the register keeps the code of then.
RUOLI_DETTI = dict(RuoloOperatore.choices)


@dataclass(frozen=True)
class Accesso:
    """One act on the case. The words are lazy: they speak the language of the page they are shown on."""

    quando: datetime
    ente: object
    ruolo: object
    fatto: object
    in_emergenza: bool
    volte: int = 1  # that day; `quando` is then the last


def in_which(lingua: str) -> str:
    """The code of LINGUE for a language as it is kept of a person; Italian for one the report does not speak."""
    return codice if (codice := codice_di(lingua)) in LINGUE else "it"


def lingua_della_famiglia(members: Iterable[Componente]) -> str:
    """The language of whom a household, of which these are or were, is known by."""
    today = timezone.localdate()
    here = (each for each in members if each.dal <= today and not has_left(each))
    head = di_riferimento(here)
    return in_which(head.persona.lingua if head else "")


@dataclass(frozen=True)
class Rapporto:
    """The sheet for who lives there; or for one of `usciti`, who have left the household: up to her last day."""

    lingua: str
    usciti: list[Componente]
    per: Componente | None
    sua: str  # the language of whom it is for
    enti: list[str]  # those to choose from, where somebody may be in danger
    nominati: frozenset[str]
    accessi: list[Accesso] = field(default_factory=list)  # as people read them, newest first

    @property
    def da_scegliere(self) -> bool:
        """Whether more than the language."""
        return bool(self.usciti or self.enti)

    @property
    def manca(self) -> str:
        """What it is silent about, to be translated; empty for nothing."""
        return MANCA["dopo"] if self.per else ""


def report(
    attore: Attore,
    pk: UUID,
    scelta: str = "",
    persona: UUID | None = None,
    nominati: frozenset[str] | None = None,
) -> tuple[Aperto, Rapporto]:
    """Who has seen the case, this reading included, in the language `scelta`; Italian for who only looks.

    `persona`: who has left and asks; None for who lives there. `nominati`: the bodies that a sheet to be handed over
    names besides the holder, where somebody may be in danger; None: for who only looks, all. Raises Assente.
    """

    def read(aperto: Aperto) -> tuple[Rapporto, Dettaglio] | None:
        members, named = ever_members(aperto.caso), Azione.VEDERE_PERSONE in aperto.azioni
        usciti = [each for each in members if named and has_left(each)]
        per = next((each for each in usciti if each.persona_id == persona), None)
        if persona and per is None:
            return None
        sua = in_which(per.persona.lingua) if per else lingua_della_famiglia(members)
        enti = nominabili(aperto.caso) if in_danger(attore, aperto, members) else []
        found = Rapporto(scelta or "it", usciti, per, sua, enti, nominati or frozenset())
        return found, Dettaglio(finalita=f"rapporto_{found.lingua}")

    aperto, found = read_in(attore, pk, Azione.ACCESSI_AL_CASO, read)
    prima_di = last_day(found.per) if found.per else None
    named = nomina(aperto.caso, nominati if found.enti else None)
    seen = (replace(each, ente=named(str(each.ente))) for each in accesses(pk, prima_di))
    return aperto, replace(found, accessi=gathered(seen))


def gathered(accessi: Iterable[Accesso]) -> list[Accesso]:
    """The same with one row for each thing a body's people in one role did on a day, at the hour of the last: every
    page opened is one, and they would bury the rest. How many they were stays exact.
    """
    rows: dict[object, Accesso] = {}
    for each in accessi:
        key = (timezone.localdate(each.quando), str(each.ente), str(each.ruolo), str(each.fatto), each.in_emergenza)
        rows[key] = replace(rows[key], volte=rows[key].volte + 1) if key in rows else each
    return list(rows.values())


def accesses(pk: UUID, prima_di: date | None = None) -> Iterator[Accesso]:
    """For who has asked the decision already.

    With what was read before there was a case: the request, the alert, the conversations it was opened from. Who has
    left the household is told of the days before `prima_di` alone, not of who works with those who stayed.
    """
    then = Q(quando__date__lt=prima_di) if prima_di else Q()
    return _told(shown_lines(pk).filter(then), AccessoEmergenza.objects.filter(caso=pk))


def accesses_before(pk: UUID) -> Iterator[Accesso]:
    """The same of a request, an alert or a conversation that is no case."""
    return _told(Registro.objects.filter(about([pk]), esito=Esito.CONSENTITO), AccessoEmergenza.objects.none())


def _told(lines: QuerySet[Registro], emergencies: QuerySet[AccessoEmergenza]) -> Iterator[Accesso]:
    columns = ("quando", "ente_nome", "ruolo", "azione", "finalita", "during")
    when = OuterRef("quando")
    running = Q(chiuso_il__gte=when) | Q(chiuso_il=None, fine__gte=when)
    his = emergencies.filter(running, operatore=OuterRef("operatore_id"), inizio__lte=when)
    rows = lines.annotate(during=Exists(his)).order_by("-pk").values_list(*columns)
    for quando, ente, ruolo, azione, finalita, during in rows.iterator():
        yield Accesso(quando, ente, RUOLI_DETTI.get(ruolo, ruolo), done(azione, finalita), during)
