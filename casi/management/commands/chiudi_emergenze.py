from django.core.management.base import BaseCommand

from casi.actions.emergenza import write_ends
from casi.actions.scadenze import tell_back, tell_ended
from casi.actions.subentro import take_over


class Command(BaseCommand):
    help = (
        "Scrive nel registro la fine degli accessi in emergenza scaduti da soli, avvisa delle condivisioni finite o "
        "riprese, e passa a chi guida la rete le richieste rimaste a un ente che ne è fuori. Da eseguire ogni ora."
    )

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"Accessi in emergenza finiti: {write_ends()}.")
        self.stdout.write(f"Condivisioni finite da sole: {tell_ended()}.")
        self.stdout.write(f"Condivisioni che valgono di nuovo: {tell_back()}.")
        self.stdout.write(f"Richieste e segnalazioni passate a chi guida la rete: {take_over()}.")
