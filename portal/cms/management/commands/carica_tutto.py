"""`manage.py carica_tutto`: the whole demonstration in one process; starting one takes longer than most of the work."""

from io import StringIO
from pathlib import Path
from time import monotonic

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from wagtail.signal_handlers import disable_reference_index_auto_update

DATI = ("carica_demo", "carica_casi_demo")
# What pages link, by which documents are found; then the rows.
INDICE = (["rebuild_references_index"], ["verifica_indice", "--ripara"])


class Command(BaseCommand):
    help = "Carica la dimostrazione: rete inventata, casi inventati, indice della ricerca. Si può ripetere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--personas", type=Path, required=True, help="dove scrivere con chi si entra")

    def handle(self, *args: object, personas: Path, **options: object) -> None:
        with disable_reference_index_auto_update():  # a task each, for what is written whole just below
            for command in DATI:
                call_command(command)
        start, told = monotonic(), StringIO()
        for index in INDICE:
            call_command(*index, stdout=StringIO())
        self.stdout.write(f"  {'Indice della ricerca':<30} {'scritto':<14} {monotonic() - start:4.1f} s")
        call_command("elenca_personas", stdout=told)
        personas.write_text(told.getvalue().rstrip())
