from django.core.management.base import BaseCommand

from casi.actions.emergenza import write_ends


class Command(BaseCommand):
    help = "Scrive nel registro la fine degli accessi in emergenza scaduti da soli. Da eseguire ogni ora."

    def handle(self, *args: object, **options: object) -> None:
        self.stdout.write(f"Accessi in emergenza finiti: {write_ends()}.")
