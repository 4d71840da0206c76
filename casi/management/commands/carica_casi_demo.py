from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from casi.demo.caricamento import carica
from casi.errori import Impossibile


class Command(BaseCommand):
    help = "Carica i casi inventati della dimostrazione. Si può ripetere: aggiunge ciò che manca e non tocca il resto."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("I casi inventati si caricano solo nella dimostrazione (DEMO=true).")
        start = monotonic()
        try:
            for name, added in carica():
                result = f"{added} aggiunti" if added else "già a posto"
                self.stdout.write(f"  {name:<30} {result:<14} {monotonic() - start:4.1f} s")
        except Impossibile as refusal:
            raise CommandError(str(refusal)) from refusal
