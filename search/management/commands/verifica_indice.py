"""`manage.py verifica_indice`: compare pages and index; ends with 1 when they differ."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from search.motori import allineamento
from search.verifica import Differenze, confronta, rimedia


class Command(BaseCommand):
    help = "Confronta le pagine pubbliche con l'indice della ricerca; con --ripara corregge le differenze."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--ripara", action="store_true", help="corregge l'indice dove è diverso")

    def handle(self, *, ripara: bool = False, **options: object) -> None:
        total = Differenze()
        for found in confronta():
            total.mancanti += found.mancanti
            total.diverse += found.diverse
            total.di_troppo += found.di_troppo
            if ripara and found:
                rimedia(found)
        counts = f"{total.mancanti} mancanti, {total.diverse} diverse, {total.di_troppo} di troppo"
        if total and not ripara:
            raise CommandError(f"L'indice è diverso dalle pagine: {counts}. Per correggerlo: --ripara")
        self.stdout.write(f"Indice corretto: erano {counts}." if total else "L'indice dice ciò che dicono le pagine.")
        for lingua in allineamento.lingue() if settings.SEARCH_URL else []:
            self._cluster(lingua, ripara)

    def _cluster(self, lingua: str, ripara: bool) -> None:
        try:
            found = allineamento.ripara(lingua) if ripara else allineamento.confronta(lingua)
        except Exception as error:
            raise CommandError(f"Il motore di ricerca non risponde come dovrebbe: {error}") from error
        counts = f"{found.mancanti} mancanti, {found.vecchi} vecchie, {found.di_troppo} di troppo"
        if found and not ripara:
            raise CommandError(f"Il motore di ricerca ({lingua}) è diverso: {counts}. Per correggerlo: --ripara")
        told = f"corretto: erano {counts}" if found else "uguale all'indice"
        self.stdout.write(f"Motore di ricerca ({lingua}): {told}.")
