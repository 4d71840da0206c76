"""`manage.py carica_sinonimi`: the synonyms a network starts with."""

from django.core.management.base import BaseCommand

from search.sinonimi import carica_di_partenza


class Command(BaseCommand):
    help = "Aggiunge i sinonimi di partenza che mancano; quelli scritti dalla Redazione restano come sono."

    def handle(self, **options: object) -> None:
        self.stdout.write(f"{carica_di_partenza()} gruppi di sinonimi aggiunti.")
