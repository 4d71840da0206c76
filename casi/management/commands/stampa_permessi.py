from collections.abc import Iterator

from django.core.management.base import BaseCommand
from django.utils.translation import override

from casi.ruoli import DESCRIZIONI, PERMESSI, RUOLI, Azione
from catalogo.models.operatore import RuoloOperatore


class Command(BaseCommand):
    help = "Stampa docs/permessi.md dalla tabella dei ruoli."

    def handle(self, *args: object, **options: object) -> None:
        with override("it"):
            self.stdout.write("\n".join(lines()))


def lines() -> Iterator[str]:
    """The page, line by line; a test keeps docs/permessi.md equal to it."""
    names = [str(RuoloOperatore(ruolo).label) for ruolo in RUOLI]
    yield "# Chi può fare che cosa nell'area riservata"
    yield ""
    yield "Pagina generata da `manage.py stampa_permessi`: la tabella è quella che il codice applica (`casi/ruoli.py`)."
    yield "Il ruolo da solo non apre nessun caso. Servono anche, tutti insieme e oggi: un account attivo che non sia"
    yield "amministratore tecnico, un legame in corso con un ente attivo, l'ente titolare del caso o ammesso al caso,"
    yield "la persona assegnata al caso, il permesso su quel caso (`casi/policies.py`)."
    yield ""
    yield "| | permesso sul caso | " + " | ".join(names) + " |"
    yield "|---|---|" + "---|" * len(names)
    for azione in Azione:
        marks = ["sì" if azione in ruolo.azioni else "–" for ruolo in RUOLI.values()]
        yield f"| {DESCRIZIONI[azione]} | {PERMESSI.get(azione, '–')} | " + " | ".join(marks) + " |"
    yield ""
    for name, ruolo in zip(names, RUOLI.values(), strict=True):
        yield f"- **{name}**: {ruolo.descrizione}"
