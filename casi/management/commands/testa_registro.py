import logging
from datetime import timedelta

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from casi.integrita import ChainError, keep_head, verify

log = logging.getLogger("tessere.registro")


class Command(BaseCommand):
    help = "Verifica il registro e ne conserva la testa alla fine di ieri; la scrive anche nel log, da mandare altrove."

    def handle(self, *args: object, **options: object) -> None:
        try:
            verify()
        except ChainError as error:
            log.error("registro alterato: %s", error)
            raise CommandError(f"Il registro è alterato, non ne conservo la testa. {error}") from error
        found = keep_head(timezone.localdate() - timedelta(days=1))
        if found is None:
            self.stdout.write("Il registro non ha ancora voci di prima di oggi.")
            return
        line = f"testa del registro {found.giorno:%Y-%m-%d} {found.ultima}:{found.impronta}"
        log.info("%s", line)
        self.stdout.write(line)
