from collections.abc import Iterator

from django.core.management.base import BaseCommand
from django.utils.translation import override

from casi.models import CON_ALTRI_ENTI, StatoCaso
from casi.percorso import AIUTO_URGENTE, AVVISARE_ENTRO, PER_ACCETTARE, TRANSIZIONI, Passo, Transizione
from casi.ruoli import REGOLE, RUOLI
from catalogo.models.operatore import RuoloOperatore

# Why a case is hardly ever «segnalato», though domain.md begins there.
COMINCIA = (
    "Chi ha appena chiesto aiuto, o è stato segnalato, non ha ancora un caso: la sua richiesta sta fra gli arrivi,",
    "dove la legge solo chi ascolta per quell'ente, e lì si può chiudere senza che un caso nasca. Il caso comincia",
    "quando qualcuno lo apre: perciò nessuna pagina ne fa uno «segnalato», lo stato di chi arriva da altrove.",
)
TORNA = "torna_com_era"  # the effect that takes a closing back


class Command(BaseCommand):
    help = "Stampa docs/percorso.md dalla macchina a stati del caso."

    def handle(self, *args: object, **options: object) -> None:
        with override("it"):
            self.stdout.write("\n".join(lines()))


def lines() -> Iterator[str]:
    """The page, line by line; a test keeps docs/percorso.md equal to it."""
    yield "# Il percorso di un caso"
    yield ""
    yield "Pagina generata da `manage.py stampa_percorso`: i passi sono quelli che il codice applica"
    yield "(`casi/percorso.py`). Un passo che qui non c'è viene rifiutato, e non cambia nulla."
    yield ""
    yield from diagram()
    yield ""
    yield from COMINCIA
    yield ""
    shared = ", ".join(str(StatoCaso(stato).label).lower() for stato in StatoCaso.values if stato in CON_ALTRI_ENTI)
    yield f"Altri enti possono essere ammessi al caso solo negli stati: {shared}."
    yield f"Chi riceve un caso risponde entro {PER_ACCETTARE} giorni, e da quando accetta avvisa la famiglia entro"
    yield f"{AVVISARE_ENTRO} giorni. Un aiuto urgente prima che finisca la valutazione dura al massimo {AIUTO_URGENTE}"
    yield "giorni dal primo."
    yield ""
    yield "| passo | da | a | chi | si chiede | che cosa succede |"
    yield "|---|---|---|---|---|---|"
    for each in TRANSIZIONI:
        yield "| " + " | ".join(row(each)) + " |"


def diagram() -> Iterator[str]:
    """Only the steps that lead to another state."""
    yield "```mermaid"
    yield "stateDiagram-v2"
    yield "    [*] --> segnalato"
    yield "    [*] --> primo_ascolto: si apre da una richiesta o da una segnalazione"
    yield "    [*] --> in_valutazione: si apre da un ascolto"
    for each in TRANSIZIONI:
        for stato in in_order(each):
            for leads in arrivals(each):
                yield f"    {stato} --> {leads}: {each.passo}"
    for stato in ("orientato", "non_preso_in_carico", "chiuso"):
        yield f"    {stato} --> [*]"
    yield "```"


def arrivals(each: Transizione) -> list[str]:
    """The state a step leads to; for the one that takes a closing back, each that a closing begins from."""
    if TORNA in each.effetti:
        return [stato for step in TRANSIZIONI if step.passo is Passo.AVVIA_CHIUSURA for stato in in_order(step)]
    return [each.a] if each.a else []


def row(each: Transizione) -> list[str]:
    asked = [*(["motivo"] if each.motivo else []), *each.guardie]
    who = [
        f"{RuoloOperatore(nome).label} ({REGOLE[each.azione].via})"
        for nome, ruolo in RUOLI.items()
        if each.azione in ruolo.azioni
    ]
    return [
        f"**{each.etichetta}** (`{each.passo}`)",
        ", ".join(in_order(each)),
        " o ".join(arrivals(each)) or "resta dov'è",
        ", ".join(who),
        ", ".join(f"`{name}`" for name in asked) or "–",
        ", ".join(f"`{name}`" for name in each.effetti) or "–",
    ]


def in_order(each: Transizione) -> list[str]:
    return [stato for stato in StatoCaso.values if stato in each.da]
