"""`manage.py importa_servizi FILE`: services from a JSON file into the catalogue."""

from argparse import ArgumentParser
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from catalogo.importazione.flusso import import_file
from catalogo.importazione.lettura import FileIllegibile
from catalogo.importazione.resoconto import Esito, Risultato


class Command(BaseCommand):
    help = (
        "Importa un elenco JSON di servizi. L'id di ogni riga diventa l'indirizzo della sua pagina: una seconda "
        "importazione aggiorna ciò che nel file è cambiato e rispetta ciò che la redazione ha corretto."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="file JSON, in UTF-8")
        parser.add_argument(
            "--dry-run", action="store_true", help="prova: mostra che cosa accadrebbe, non scrive nulla"
        )
        parser.add_argument("--pubblica", action="store_true", help="pubblica subito le schede nuove; se no sono bozze")

    def handle(self, *, file: Path, dry_run: bool, pubblica: bool, **options: object) -> None:
        self.done = 0
        try:
            resoconto = import_file(file, pubblica=pubblica, dry_run=dry_run, progress=self._show)
        except FileIllegibile as error:
            raise CommandError(f"{file.name}: {error}") from error
        self.stdout.write(f"\n{resoconto}")
        if dry_run:
            self.stdout.write("Era una prova: non ho scritto nulla.")
        if resoconto.errori:
            rows = ", ".join(str(item.linea) for item in resoconto.errori[:20])
            raise CommandError(f"{len(resoconto.errori)} righe da correggere nel file: {rows}.")

    def _show(self, result: Risultato, total: int) -> None:
        self.done += 1
        style = {Esito.ERRORE: self.style.ERROR, Esito.CREATO: self.style.SUCCESS}.get(result.esito, str)
        self.stdout.write(f"{self.done:>5}/{total}  {style(str(result))}")
