"""How the log is written, and what is written there (ASVS 16); what people do to a case is in the register."""

import io
import logging
import re
import sys
from datetime import UTC, datetime

import pytest

from portal.scritto import UnaRiga
from portal.settings import base
from tests.factories.catalogo import OperatoreFactory
from tests.support.sources import PACKAGES, ROOT, code

INVENTARIO = (ROOT / "docs" / "sicurezza.md").read_text()


def written(message: str, *args: object, exc_info: object = None) -> list[str]:
    record = logging.LogRecord("tessere.prova", logging.WARNING, "x", 1, message, args, exc_info)
    record.created = datetime(2026, 12, 1, 23, 30, tzinfo=UTC).timestamp()
    return UnaRiga().format(record).split("\n")


def test_line_of_the_log_begins_with_its_moment_in_utc():
    assert written("Un %s", "fatto") == ["2026-12-01T23:30:00.000+00:00 WARNING tessere.prova Un fatto"]


@pytest.mark.parametrize("sign", ["\n", "\r", "\r\n", "\x1b[2J", "\x85", "\u2028", "\u202e", "\x00"])
def test_message_cannot_make_a_second_line(sign):
    lines = written("Chi: %s", f"nessuno{sign}2026-12-01T00:00:00.000+00:00 ERROR finta")
    assert len(lines) == 1
    assert sign not in lines[0]
    assert "\\u" in lines[0]


def test_text_of_an_error_is_told_behind_a_bar():
    try:
        raise ValueError("prima\n2026-12-01T00:00:00.000+00:00 ERROR finta\x1b[0m")
    except ValueError:
        lines = written("Guasto", exc_info=sys.exc_info())
    assert len(lines) > 3
    assert all(line.startswith("| ") for line in lines[1:])
    assert "\x1b" not in "".join(lines)


def test_log_goes_to_one_place():
    assert base.LOGGING["root"]["handlers"] == ["console"]
    assert list(base.LOGGING["handlers"].values()) == [{"class": "logging.StreamHandler", "formatter": "riga"}]
    assert base.LOGGING["formatters"]["riga"]["()"] == "portal.scritto.UnaRiga"
    assert not any("handlers" in each for each in base.LOGGING["loggers"].values())


def test_settings_write_with_this_form():
    """As they are set up, not as they are written."""
    stream = io.StringIO()
    from django.utils.log import configure_logging

    logger = logging.getLogger("tessere.prova")
    before = logging.getLogger().handlers[:]
    try:
        configure_logging("logging.config.dictConfig", base.LOGGING)
        handler = logging.getLogger().handlers[0]
        handler.setStream(stream)
        logger.warning("a\nb")
    finally:
        logging.getLogger().handlers = before
    assert re.fullmatch(r"[\dT:.+-]+ WARNING tessere.prova a\\u000ab\n", stream.getvalue())


def test_inventory_names_every_log_of_ours():
    named = set()
    for file in code(*PACKAGES):
        if "embedded" in file.parts or "demo" in file.parts:
            continue
        for asked in re.findall(r"getLogger\(([^)]*)\)", file.read_text()):
            module = ".".join(file.relative_to(ROOT).with_suffix("").parts)
            named.add(module if asked == "__name__" else asked.strip('"'))
    assert named
    assert [each for each in sorted(named) if f"`{each}`" not in INVENTARIO] == []


@pytest.mark.django_db
def test_what_breaks_is_in_the_log(riservato, caplog, monkeypatch):
    monkeypatch.setattr("casi.views.lavoro.mostra", lambda *args, **kwargs: 1 / 0)
    riservato.force_login(OperatoreFactory(ruolo="assistente_sociale").utente)
    assert riservato.get("/").status_code == 500
    told = [record for record in caplog.records if record.levelno == logging.ERROR]
    assert [record.name for record in told] == ["django.request"]
    assert told[0].exc_info[0] is ZeroDivisionError
