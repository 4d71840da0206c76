"""`make check`: every check that needs no test run, two at a time, with what failed told at the end."""

import os
import subprocess
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from portal.embedded import environment, help_text, places, project
from portal.embedded.console import say

# Only for `check --deploy`: it looks at the settings of a production process, none of which is started.
PRODUCTION = {
    "SECRET_KEY": "solo-per-il-controllo-" + "0123456789abcdef" * 4,
    "ALLOWED_HOSTS": "portale.esempio.it,casi.esempio.it",
    "URL_PUBBLICO": "https://portale.esempio.it",
    "URL_RISERVATO": "https://casi.esempio.it",
    "DOMINIO_CHIAVI": "esempio.it",
    "EMAIL_URL": "smtp+tls://utente:password@posta.esempio.it:587",
    "DEMO": "false",
    "DEBUG": "false",
}


@dataclass(frozen=True)
class Check:
    """One command that must end with 0."""

    title: str
    command: list[str]
    env: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Outcome:
    check: Check
    passed: bool
    output: str


def check() -> int:
    """Run all checks; 0 when all pass."""
    project.prepare("dev")
    help_text.targets((places.ROOT / "Makefile").read_text())
    with environment.database_of_tests() as addresses, ThreadPoolExecutor(max_workers=2) as pool:
        outcomes = list(pool.map(lambda each: _outcome(each, addresses), all_checks()))
    return _tell([outcome for outcome in outcomes if not outcome.passed])


def all_checks() -> list[Check]:
    """The slowest first, so that both cores end together."""
    templates = sorted(str(file.relative_to(places.ROOT)) for file in places.ROOT.glob("templates/**/*.html"))
    checks = [
        Check("Tipi (mypy)", _tool("mypy")),
        _production("pubblico"),
        _production("riservato"),
        Check("Migrazioni", project.manage("makemigrations", "--check", "--dry-run")),
        Check("Dipendenze fra le parti (import-linter)", _tool("lint-imports")),
        Check("HTML dei template (djlint)", _tool("djlint", "--lint", "--quiet", "templates")),
        Check("Stile dei template (djade)", _tool("djade", "--check", "--target-version", "5.2", *templates)),
        Check("Stile del codice (ruff)", _tool("ruff", "check", "--quiet")),
        Check("Formato del codice (ruff)", _tool("ruff", "format", "--check", "--quiet")),
    ]
    if _has_command("controlla_traduzioni"):
        checks.insert(1, Check("Traduzioni", project.manage("controlla_traduzioni")))
    return checks


def _production(name: str) -> Check:
    settings = {**PRODUCTION, "DJANGO_SETTINGS_MODULE": f"portal.settings.{name}"}
    command = project.manage("check", "--deploy", "--fail-level", "WARNING")
    return Check(f"Impostazioni di produzione, {name}", command, settings)


def _tool(name: str, *arguments: str) -> list[str]:
    return [str(places.program(name)), *arguments]


def _has_command(name: str) -> bool:
    return any(places.ROOT.glob(f"*/management/commands/{name}.py")) or any(
        places.ROOT.glob(f"portal/*/management/commands/{name}.py")
    )


def _outcome(each: Check, addresses: Mapping[str, str]) -> Outcome:
    started = time.monotonic()
    keys = {"SECRET_KEY": PRODUCTION["SECRET_KEY"], "PORTACHIAVI": environment.keyring()}
    env = {**os.environ, **keys, **addresses, **each.env}
    result = subprocess.run(
        each.command, cwd=places.ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    verdict = "bene" if not result.returncode else "NO"
    say(f"  {each.title:<46}{verdict:<5}{time.monotonic() - started:6.1f} s")
    return Outcome(each, not result.returncode, result.stdout + result.stderr)


def _tell(failed: list[Outcome]) -> int:
    for outcome in failed:
        say(f"\n── {outcome.check.title}\n{outcome.output.strip()}")
    say("\nControlli: tutto bene." if not failed else f"\nControlli non passati: {len(failed)}.")
    return 1 if failed else 0
