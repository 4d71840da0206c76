from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from casi.actions.incarichi import misaligned, realign


class Command(BaseCommand):
    help = "Confronta i permessi sui casi con gli incarichi in corso. Da eseguire ogni notte con --ripara."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--ripara", action="store_true", help="Rimette i permessi come dicono gli incarichi.")

    def handle(self, *args: object, **options: Any) -> None:
        found = list(misaligned())
        for caso, utente in found:
            self.stdout.write(f"caso {caso}, utente {utente}")
            if options["ripara"]:
                realign(caso, utente)
        if found and not options["ripara"]:
            raise CommandError(f"Permessi diversi dagli incarichi: {len(found)}. Ripara con --ripara.")
        self.stdout.write(f"Permessi riparati: {len(found)}.")
