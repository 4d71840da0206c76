from collections.abc import Iterator

from django.core.management.base import BaseCommand
from django.utils.translation import override

from casi.models import Parte
from casi.ruoli import PERMESSI_DI_PARTE, REGOLE, RUOLI, Azione, Ruolo
from catalogo.models.operatore import RuoloOperatore


class Command(BaseCommand):
    help = "Stampa docs/ruoli.md dalla tabella dei ruoli."

    def handle(self, *args: object, **options: object) -> None:
        with override("it"):
            self.stdout.write("\n".join(lines()))


def lines() -> Iterator[str]:
    """The page, line by line; a test keeps docs/ruoli.md equal to it."""
    names = [str(RuoloOperatore(ruolo).label) for ruolo in RUOLI]
    yield "# Chi può fare che cosa nell'area riservata"
    yield ""
    yield "Pagina generata da `manage.py stampa_permessi`: la tabella è quella che il codice applica (`casi/ruoli.py`)."
    yield "Il ruolo da solo non apre nessun caso. Servono anche, tutti insieme e oggi: un account attivo che non sia"
    yield "amministratore tecnico, il secondo fattore, un legame in corso con un ente attivo la cui adesione e il cui"
    yield "accordo privacy sono in vigore, l'ente titolare del caso o ammesso al caso per quell'ambito, la persona"
    yield "assegnata, il permesso su quel caso, nessun conflitto di interessi, nessun sigillo (`casi/policies.py`)."
    yield "Chi apre che cosa di un caso, in ogni stato in cui può essere: [la matrice](permessi.md)."
    yield ""
    yield "**sì**: con queste condizioni. **E**: solo durante un accesso in emergenza dichiarato. «Livelli»: di ciò che"
    yield "si scrive su un caso, quali (2 sintesi, 3 cartella, 4 nota professionale, 5 riservata a persone nominate)."
    yield ""
    yield "| | via | permesso | ambito | livelli | conferma | " + " | ".join(names) + " |"
    yield "|---|---|---|---|---|---|" + "---|" * len(names)
    for azione, regola in REGOLE.items():
        cells = [str(regola.descrizione), regola.via, regola.permesso or "–", regola.ambito or "–"]
        cells += [", ".join(map(str, sorted(regola.livelli))) or "–", "sì" if regola.conferma else "–"]
        yield "| " + " | ".join([*cells, *(mark(azione, ruolo) for ruolo in RUOLI.values())]) + " |"
    yield ""
    for name, ruolo in zip(names, RUOLI.values(), strict=True):
        yield f"- **{name}**: {ruolo.descrizione}"
    yield ""
    yield "Permessi che vengono con la parte che si ha in un caso:"
    yield ""
    for parte, permessi in PERMESSI_DI_PARTE.items():
        yield f"- **{Parte(parte).label}**: {', '.join(sorted(permessi))}"


def mark(azione: Azione, ruolo: Ruolo) -> str:
    if azione in ruolo.azioni:
        return "sì"
    return "E" if azione in ruolo.in_emergenza else "–"
