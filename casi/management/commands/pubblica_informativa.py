from argparse import ArgumentParser
from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError

from casi.actions.fondazione import publish_informativa


class Command(BaseCommand):
    help = (
        "Pubblica una versione dell'informativa privacy che si consegna alle persone, in una lingua. Una versione già "
        "consegnata non si riscrive: se ne pubblica un'altra."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="il testo, in UTF-8")
        parser.add_argument("--versione", required=True, help="per esempio 2026.1")
        parser.add_argument("--lingua", default="it", choices=[code for code, _name in settings.LANGUAGES])
        parser.add_argument("--dal", required=True, type=date.fromisoformat, help="per esempio 2026-12-01")

    def handle(self, *args: object, **options: str) -> None:
        try:
            testo = Path(options["file"]).read_text(encoding="utf-8")
            row = publish_informativa(
                versione=options["versione"],
                lingua=options["lingua"],
                testo=testo,
                valida_dal=options["dal"],  # type: ignore[arg-type]
            )
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{options['file']}: non si legge ({error}).") from error
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(f"{row}, valida dal {row.valida_dal:%d/%m/%Y}.")
