"""`manage.py ricostruisci_indice`: write the whole search index again, while it goes on answering."""

from time import monotonic

from django.conf import settings
from django.core.management.base import BaseCommand

from search import seguito
from search.indice import ricostruisci
from search.motori import allineamento


class Command(BaseCommand):
    help = "Riscrive tutto l'indice della ricerca. Intanto la ricerca continua a rispondere."

    def handle(self, **options: object) -> None:
        start = monotonic()
        with seguito.in_silenzio():  # the cluster is told below, all at once
            rows = ricostruisci(self._progress)
        self.stdout.write(f"\r  {rows} voci scritte in {monotonic() - start:.1f} s")
        for lingua in allineamento.lingue() if settings.SEARCH_URL else []:
            start = monotonic()
            rows = allineamento.ricostruisci(lingua, self._progress)
            self.stdout.write(f"\r  motore di ricerca, {lingua}: {rows} voci in {monotonic() - start:.1f} s")

    def _progress(self, done: int, total: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r  {done} contenuti su {total}", ending="")
