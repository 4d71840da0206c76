"""`manage.py ricostruisci_indice`: write the whole search index again, while it goes on answering."""

from time import monotonic

from django.core.management.base import BaseCommand

from search.indice import ricostruisci


class Command(BaseCommand):
    help = "Riscrive tutto l'indice della ricerca. Intanto la ricerca continua a rispondere."

    def handle(self, **options: object) -> None:
        start = monotonic()
        rows = ricostruisci(self._progress)
        self.stdout.write(f"\r  {rows} voci scritte in {monotonic() - start:.1f} s")

    def _progress(self, done: int, total: int) -> None:
        if self.stdout.isatty():
            self.stdout.write(f"\r  {done} contenuti su {total}", ending="")
