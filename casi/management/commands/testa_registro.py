import logging
from datetime import date, datetime, time, timedelta

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from casi.integrita import ChainError, verify
from casi.models import Registro, TestaRegistro

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


@transaction.atomic
def keep_head(giorno: date) -> TestaRegistro | None:
    """The head at the end of `giorno`, kept now or before: the same whenever asked. None when there was no line yet."""
    midnight = timezone.make_aware(datetime.combine(giorno + timedelta(days=1), time.min))
    last = Registro.objects.filter(quando__lt=midnight).order_by("-pk").values("pk", "impronta").first()
    if last is None:
        return TestaRegistro.objects.filter(giorno=giorno).first()
    values = {"ultima": last["pk"], "impronta": last["impronta"]}
    return TestaRegistro.objects.get_or_create(giorno=giorno, defaults=values)[0]
