"""What waits for who coordinates and who watches, on their first page: counts, and no case opened."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q

from casi.attore import Attore
from casi.models import Scarto
from casi.parole import pochi
from casi.percorso import IN_CARICO
from casi.ruoli import Azione
from casi.selectors.assegnazioni import DA_ASSEGNARE_ORA, DA_CONTROFIRMARE, IN_ATTESA, SENZA_RESPONSABILE, placed
from casi.selectors.casi import in_ritardo
from casi.selectors.conservazione import APERTI, SEGNO, reach
from casi.selectors.emergenze_esame import within
from casi.selectors.proposte import da_troppo


@dataclass(frozen=True)
class Ufficio:
    """The coordinator's counts, and how many of those who were asked are late with the answer.

    Exact for what waits for him, which he lists by number; in the words of `pochi` for the cases at work.
    """

    da_assegnare: int = 0
    urgenti: int = 0
    senza_responsabile: int = 0
    in_attesa: int = 0
    in_attesa_da_troppo: int = 0
    da_controfirmare: int = 0
    verifiche_in_ritardo: str = ""
    in_carico: str = ""


@dataclass(frozen=True)
class Scarti:
    """Disposal lists that wait for the actor; of what people asked, how many are late, and the next day to answer."""

    quanti: int
    tardi: int
    entro: date | None
    da_controllare: bool = False  # rather than to approve


def ufficio(attore: Attore, today: date) -> Ufficio:
    """Counts alone, in one question: section by section, so that where a case belongs is asked once for each."""
    counts = {
        "casi": Count("pk"),
        "urgenti": Count("pk", filter=Q(urgente_fino_al__isnull=False)),
        "da_troppo": Count("pk", filter=da_troppo()),
        "aperti": Count("pk", filter=Q(finito=False)),
        "verifiche_in_ritardo": Count("pk", filter=in_ritardo(today)),
        "in_carico": Count("pk", filter=Q(accettata_il__isnull=False, stato__in=IN_CARICO)),
    }
    rows = {each["sezione"]: each for each in placed(attore).order_by().values("sezione").annotate(**counts)}
    of: dict[str, dict[str, int]] = defaultdict(lambda: dict.fromkeys(counts, 0), rows)
    small = {name: pochi(sum(each[name] for each in rows.values())) for name in ("verifiche_in_ritardo", "in_carico")}
    return Ufficio(
        da_assegnare=of[DA_ASSEGNARE_ORA]["casi"],
        urgenti=of[DA_ASSEGNARE_ORA]["urgenti"],
        in_attesa=of[IN_ATTESA]["casi"],
        in_attesa_da_troppo=of[IN_ATTESA]["da_troppo"],
        senza_responsabile=of[SENZA_RESPONSABILE]["aperti"],
        da_controfirmare=of[DA_CONTROFIRMARE]["casi"],
        **small,
    )


def emergenze(attore: Attore) -> int:
    """Emergency accesses that nobody has looked at yet: as many as the page of who examines them lists."""
    return within(attore).filter(esaminato_il__isnull=True).count()


def scarti(attore: Attore, may: frozenset[Azione], today: date) -> Scarti | None:
    """To approve or carry out, not one's own to approve; or to watch over. None for none."""
    azione = next((each for each in (Azione.APPROVARE_SCARTO, Azione.CONTROLLARE_SCARTI) if each in may), None)
    if azione is None:
        return None
    found = Scarto.objects.filter(APERTI, reach(attore, azione))
    if azione is Azione.APPROVARE_SCARTO:
        found = found.exclude(approvato_il__isnull=True, proposto_da__utente=attore.operatore.utente_id)
    counted = found.aggregate(quanti=Count("pk"), tardi=Count("pk", filter=Q(entro__lt=today)), entro=Min("entro"))
    return Scarti(**counted, da_controllare=azione in SEGNO) if counted["quanti"] else None
