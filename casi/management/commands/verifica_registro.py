from argparse import ArgumentParser
from time import perf_counter

from django.core.management.base import BaseCommand, CommandError

from casi.integrita import ChainError, Punto, verify


class Command(BaseCommand):
    help = "Ricalcola le impronte di tutto il registro: dice la prima cosa che non torna, e allora esce con 1."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--testa",
            action="append",
            default=[],
            metavar="VOCE:IMPRONTA",
            help="una testa conservata fuori di qui, così come testa_registro l'ha scritta",
        )

    def handle(self, *args: object, testa: list[str], **options: object) -> None:
        start = perf_counter()
        try:
            last = verify(tuple(head(text) for text in testa))
        except ChainError as error:
            raise CommandError(f"Il registro è alterato. {error}") from error
        seconds = f"{perf_counter() - start:.1f} s"
        self.stdout.write(f"Registro integro fino alla voce {last.ultima}:{last.impronta} ({seconds}).")


def head(text: str) -> Punto:
    number, _colon, seal = text.partition(":")
    if not number.isdecimal() or len(seal) != 64:
        raise CommandError("Una testa si scrive VOCE:IMPRONTA, con 64 cifre di impronta.")
    return Punto(int(number), seal)
