"""Whether the interface speaks every language: part of `make check`."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.cms import traduzioni
from portal.cms.messaggi import in_project

SILENT = {"tests", "bench"}  # they speak to developers
SHOWN = 20


class Command(BaseCommand):
    help = "Controlla che ogni parola dell'interfaccia sia tradotta in ogni lingua."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--aggiorna", action="store_true", help="prima porta nei .po le frasi nuove e toglie le vecchie"
        )

    def handle(self, *, aggiorna: bool, **options: object) -> None:
        root = Path(settings.BASE_DIR)
        packages = sorted(file.parent.name for file in root.glob("*/__init__.py"))
        wanted = in_project(root, tuple(each for each in packages if each not in SILENT))
        found = {code: self.faults_of(code, wanted, aggiorna) for code, _name in settings.LANGUAGES if code != "it"}
        for language, faults in found.items():
            self.tell(language, faults)
        if any(found.values()):
            raise CommandError("Traduzioni incomplete: completa i file in locale/ (CONTRIBUTING.md, «Traduzioni»).")
        self.stdout.write(f"{len(wanted)} frasi, tradotte in {', '.join(found)}.")

    def faults_of(self, language: str, wanted: dict, aggiorna: bool) -> list[str]:
        file = Path(settings.LOCALE_PATHS[0]) / language / "LC_MESSAGES" / "django.po"
        catalogue = traduzioni.read(file, language)
        if aggiorna:
            traduzioni.update(catalogue, wanted, language)
            file.parent.mkdir(parents=True, exist_ok=True)
            catalogue.save(str(file))
        return list(traduzioni.problems(catalogue, wanted, language))

    def tell(self, language: str, faults: list[str]) -> None:
        for fault in faults[:SHOWN]:
            self.stderr.write(f"{language}: {fault}")
        if len(faults) > SHOWN:
            self.stderr.write(f"{language}: … e altri {len(faults) - SHOWN}")
