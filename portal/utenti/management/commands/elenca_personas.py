from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import override

from portal.utenti.demo import personas


class Command(BaseCommand):
    help = "Elenca le persone con cui si entra nella dimostrazione."

    def handle(self, *args: object, **options: object) -> None:
        if not settings.DEMO:
            raise CommandError("Le persone della dimostrazione ci sono solo con DEMO=true.")
        with override(settings.LANGUAGE_CODE):
            for persona in personas():
                self.stdout.write(f"  {persona.utente!s:<20}{persona.etichetta:<42}{persona.get_processo_display()}")
