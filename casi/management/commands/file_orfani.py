from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError

from casi.actions.orfani import sweep
from casi.errori import Impossibile


class Command(BaseCommand):
    help = "Cancella dal disco i file che nessun allegato usa, più vecchi di un giorno. Da eseguire ogni notte."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--prova", action="store_true", help="conta soltanto, senza cancellare")
        parser.add_argument("--anche-molti", action="store_true", help="anche se sono tanti: prima guarda perché")

    def handle(self, *, prova: bool, anche_molti: bool, **options: object) -> None:
        word = "File senza allegato" if prova else "File senza allegato, cancellati"
        try:
            self.stdout.write(f"{word}: {sweep(prova=prova, anche_molti=anche_molti)}.")
        except Impossibile as refusal:
            raise CommandError(str(refusal)) from refusal
