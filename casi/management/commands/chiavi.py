from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casi import chiavi, crypto


class Command(BaseCommand):
    help = (
        "Chiavi di cifratura: «stato» dice quanti valori ha chiuso ognuna, «nuova» ne aggiunge una e la rende attiva."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="cosa", required=True)
        what.add_parser("stato", help="quanti valori per chiave")
        what.add_parser("nuova", help="aggiunge una chiave").add_argument("nome", help="per esempio 2027a")

    def handle(self, *args: object, cosa: str, nome: str = "", **options: object) -> None:
        try:
            self.add(nome) if cosa == "nuova" else self.tell()
        except crypto.CryptoError as error:
            raise CommandError(str(error)) from error

    def add(self, nome: str) -> None:
        tried = chiavi.try_trials()
        if nome != crypto.portachiavi().attiva or nome in tried:  # otherwise: stopped half way, the last time
            chiavi.add_key(Path(settings.PORTACHIAVI), nome)
        chiavi.register_active()
        self.stdout.write(f"La chiave «{nome}» è attiva. Copia il file al sicuro, riavvia i processi, poi: ricifra.")

    def tell(self) -> None:
        ring, counts = crypto.portachiavi(), chiavi.values_per_key()
        for name in sorted({*ring.chiavi, *counts}):
            mark = " (attiva)" if name == ring.attiva else "" if name in ring.chiavi else " (NON È NEL FILE)"
            self.stdout.write(f"{name}: {counts[name]}{mark}")
        chiavi.try_keys()
