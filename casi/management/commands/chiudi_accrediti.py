from django.core.management.base import BaseCommand

from casi.actions.accredito import end_switched_off
from casi.actions.accredito_fine import replace_run_out


class Command(BaseCommand):
    help = (
        "Chiude gli accrediti di chi ha l'account spento, o amministra il sistema; dove è finito quello di chi "
        "coordinava, nomina sui sigilli chi coordina ora. Da eseguire ogni notte."
    )

    def handle(self, *args: object, **options: object) -> None:
        replace_run_out()
        self.stdout.write(f"Accrediti chiusi: {end_switched_off()}.")
