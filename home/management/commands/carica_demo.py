"""`manage.py carica_demo`: an invented network and real services to look around in."""

from collections.abc import Callable, Iterable
from contextlib import nullcontext
from io import StringIO
from time import monotonic

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from catalogo.importazione.flusso import import_file
from catalogo.importazione.resoconto import Esito
from catalogo.percorsi import DATI
from home.demo import accordo, documenti, immagini, pagine, persone, rete, traduzioni, vocabolari


class Command(BaseCommand):
    help = "Carica i dati della dimostrazione. Si può ripetere: aggiunge ciò che manca e non tocca il resto."

    def handle(self, **options: object) -> None:
        steps: list[tuple[str, Callable[[], Iterable[str] | None]]] = [
            ("Lingue e vocabolari", vocabolari.carica),
            ("Sinonimi della ricerca", _synonyms),
            ("Illustrazioni", immagini.carica),
            ("Documenti da scaricare", documenti.carica),
            ("Rete inventata", rete.carica),
            ("Accordo e adesioni", accordo.carica),
            ("Pagine e notizie", pagine.carica),
            ("Servizi veri, da verificare", _real_services),
            ("Traduzioni", traduzioni.carica),
            ("Persone della dimostrazione", persone.carica),
        ]
        for name, step in steps:
            self._run(name, step)

    def _run(self, name: str, step: Callable[[], Iterable[str] | None]) -> None:
        start, done = monotonic(), 0
        # Translations are published on commit: a parent published after its children were made would forget them.
        with nullcontext() if step is traduzioni.carica else transaction.atomic():
            for done, _title in enumerate(step() or (), start=1):
                if self.stdout.isatty():
                    self.stdout.write(f"\r  {name:<30} {done:>4}", ending="")
        result = f"{done} aggiunti" if done else "già a posto"
        self.stdout.write(f"\r  {name:<30} {result:<14} {monotonic() - start:4.1f} s")


def _synonyms() -> None:
    """By its command: the search knows the catalogue, and nothing here knows the search."""
    call_command("carica_sinonimi", stdout=StringIO())


def _real_services() -> list[str]:
    resoconto = import_file(DATI / "servizi_reali.json", pubblica=True)
    if resoconto.errori:
        raise RuntimeError(f"servizi_reali.json: {resoconto.errori[0]}")
    return [item.id for item in resoconto.risultati if item.esito is not Esito.INVARIATO]
