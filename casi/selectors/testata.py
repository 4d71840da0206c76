"""What the head of every page of a case shows: whom it is about, how to reach them safely, what comes next."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from casi.mesi import months_after, months_before
from casi.models import Componente, Persona
from casi.parole import fascia, in_numeri
from casi.percorso import DA_ASSEGNARE, Transizione
from casi.ruoli import Azione
from casi.selectors.casi import Aperto, offerti, perche_tardi, prossimo
from casi.selectors.nomi import di_riferimento

MAGGIORE_ETA = 18 * 12  # months
PRIMA, DOPO = timedelta(days=30), timedelta(days=90)  # around that birthday, how long the page says so


@dataclass(frozen=True)
class Testata:
    """One question to the database, whatever the page. Names and contacts only for who may see the persons."""

    persone: str  # how many; roughly, for who may not see them
    nome: str = ""
    lingue: list[str] = field(default_factory=list)
    interprete: bool = False
    contatti_sicuri: list[tuple[str, str]] = field(default_factory=list)  # name, instruction
    maggiorenni: list[tuple[str, date]] = field(default_factory=list)  # name, eighteenth birthday; for who conducts
    passi: list[Transizione] = field(default_factory=list)
    prossimo: Transizione | None = None
    urgente: bool = False
    tardi: str = ""
    attesa: str = ""  # whose turn it is, when it is not the reader's


def testata_caso(aperto: Aperto) -> Testata:
    caso, today = aperto.caso, timezone.localdate()
    shown: dict[str, Any] = {
        "passi": offerti(caso, aperto.azioni),
        "prossimo": prossimo(caso, aperto.azioni, today),
        "urgente": bool(caso.urgente_fino_al and caso.urgente_fino_al >= today),
        "tardi": perche_tardi(caso, today),
        "attesa": _waits_for(aperto),
    }
    living = Componente.objects.in_force(today).filter(nucleo=caso.nucleo_id)
    if caso.nucleo_id is None:
        return Testata(persone="", **shown)
    if Azione.VEDERE_PERSONE not in aperto.azioni:
        return Testata(persone=fascia(living.count()), **shown)
    members = list(living.select_related("persona"))
    head = di_riferimento(members)
    people = [each.persona for each in members]
    return Testata(
        persone=in_numeri(len(people), sum(_is_minor(each, today) for each in people)),
        nome=head.persona.nominativo if head else "",
        lingue=sorted({each.lingua for each in people if each.lingua}),
        interprete=any(each.interprete for each in people),
        contatti_sicuri=[(each.nominativo, each.contatto_sicuro) for each in people if each.contatto_sicuro],
        maggiorenni=list(_coming_of_age(people, today)) if Azione.CONDIVIDERE in aperto.azioni else [],
        **shown,
    )


def _waits_for(aperto: Aperto) -> str:
    """Of a case that nobody answers for yet, for who assesses it: who is to go on with it."""
    asked = vars(aperto.caso)
    if aperto.caso.stato not in DA_ASSEGNARE or Azione.VALUTARE not in aperto.azioni or asked.get("proposto_a_me"):
        return ""
    if asked.get("proposto"):
        return _("È proposto a un assistente sociale: si aspetta la sua risposta.")
    return _("La valutazione c'è: ora lo assegna chi coordina.") if asked.get("valutata") else ""


def _is_minor(persona: Persona, today: date) -> bool:
    born: date | None = persona.data_nascita  # type: ignore[assignment]  # the stubs take it for a text
    return born is not None and born > months_before(today, MAGGIORE_ETA)


def _coming_of_age(people: Iterable[Persona], today: date) -> Iterator[tuple[str, date]]:
    """Who becomes an adult about now: what was chosen for her is gone over with her (domain.md §5.5)."""
    for each in people:
        born: date | None = each.data_nascita  # type: ignore[assignment]  # the stubs take it for a text
        birthday = born and months_after(born, MAGGIORE_ETA)
        if birthday and birthday - PRIMA <= today <= birthday + DOPO:
            yield each.nominativo, birthday
