"""`chiudi_sessioni NOME…`: those persons, or all with `--tutte`, sign in again everywhere."""

import logging
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.utenti.dove import end_all
from portal.utenti.models import Utente

log = logging.getLogger("tessere.sessioni")


class Command(BaseCommand):
    help = "Chiude le sessioni di una persona, o di tutte, sui due siti."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("nomi", nargs="*", help="nomi utente")
        parser.add_argument("--tutte", action="store_true", help="di tutte le persone")

    def handle(self, *args: Any, **options: Any) -> None:
        names = options["nomi"]
        if bool(names) == options["tutte"]:
            raise CommandError("Di chi? Scrivi uno o più nomi utente, oppure --tutte.")
        utenti = list(Utente.objects.order_by("pk") if options["tutte"] else Utente.objects.filter(username__in=names))
        if unknown := set(names) - {utente.username for utente in utenti}:
            raise CommandError(f"Nessun account si chiama {', '.join(sorted(unknown))}.")
        ended = end_all(utenti)
        log.warning("Sessioni chiuse dal server: %d persone, %d sessioni riservate", len(utenti), ended)
        self.stdout.write(f"Chiuse {ended} sessioni dell'area riservata; anche quelle del sito pubblico sono finite.")
