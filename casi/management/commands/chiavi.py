from argparse import ArgumentParser
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casi import chiavi, crypto


class Command(BaseCommand):
    help = (
        "Chiavi di cifratura: «stato» dice quanti valori chiude ognuna, «nuova» ne aggiunge una e la rende attiva, "
        "«togli» leva quella che non chiude più niente."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        what = parser.add_subparsers(dest="cosa", required=True)
        what.add_parser("stato", help="quanti valori per chiave")
        what.add_parser("nuova", help="aggiunge una chiave").add_argument("nome", help="per esempio 2027a")
        what.add_parser("togli", help="leva una chiave che non chiude più niente").add_argument("nome")

    def handle(self, *args: object, cosa: str, nome: str = "", **options: object) -> None:
        try:
            {"nuova": self.add, "togli": self.retire, "stato": self.tell}[cosa](nome)
        except crypto.CryptoError as error:
            raise CommandError(str(error)) from error

    def add(self, nome: str) -> None:
        tried = chiavi.try_trials()
        if nome != crypto.portachiavi().attiva or nome in tried:  # otherwise: stopped half way, the last time
            chiavi.add_key(Path(settings.PORTACHIAVI), nome)
        chiavi.register_active()
        self.stdout.write(f"La chiave «{nome}» è attiva. Copia il file al sicuro, riavvia i processi, poi: ricifra.")

    def retire(self, nome: str) -> None:
        chiavi.try_keys()
        chiavi.retire_key(Path(settings.PORTACHIAVI), nome)
        self.stdout.write(f"La chiave «{nome}» non è più in uso. Porta il file su ogni macchina e riavvia i processi.")

    def tell(self, _nome: str) -> None:
        ring, counts = crypto.portachiavi(), chiavi.values_per_key()
        for name in sorted({*ring.chiavi, *counts}):
            self.stdout.write(f"{name}: {counts[name]}{_mark(name, ring, counts[name])}")
        chiavi.try_keys()


def _mark(name: str, ring: crypto.Portachiavi, sealed: int) -> str:
    if name not in ring.chiavi:
        return " (NON È NEL FILE)"
    if name == ring.attiva:
        return " (attiva)"
    return "" if sealed else " (si può togliere)"
