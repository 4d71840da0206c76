from django.core.management.base import BaseCommand

from casi.actions.accredito import end_switched_off


class Command(BaseCommand):
    help = "Chiude gli accrediti di chi ha l'account spento, o amministra il sistema. Da eseguire ogni notte."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"Accrediti chiusi: {end_switched_off()}.")
