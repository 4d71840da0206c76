"""What the content policy has stopped, told by browsers: a line of the log, with nothing of the page or of its reader.

A browser tells it without a token, and anybody may: little is read of it, and few of them are written.
"""

import json
import logging
import re
import time
from collections import deque
from threading import Lock
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

VIOLAZIONI = "/violazioni/"
LARGEST = 16 * 1024  # bytes
MOST, WITHIN = 60, 60.0  # lines of one process, seconds
DIRECTIVE, SOURCE = re.compile(r"[a-z-]{1,40}"), re.compile(r"[a-z0-9.:\[\]-]{1,100}")

log = logging.getLogger("tessere.violazioni")
_written: deque[float] = deque(maxlen=MOST)
_lock = Lock()


class Violazioni:
    """Answers the address that `report-uri` names, before sessions and forms are looked at: it needs none of them."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.path != VIOLAZIONI:
            return self.get_response(request)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if _may_be_written():
            log.warning("La politica dei contenuti ha fermato «%s» da «%s»", *_told(request))
        return HttpResponse(status=204)


def _may_be_written() -> bool:
    now = time.monotonic()
    with _lock:
        if len(_written) == MOST and now - _written[0] < WITHIN:
            return False
        _written.append(now)
        return True


def _told(request: HttpRequest) -> tuple[str, str]:
    """Which directive, and the machine of what was stopped; never an address of ours, where the key of a case is."""
    try:
        report = json.loads(request.read(LARGEST))["csp-report"]
        return _directive(report), _source(report)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError, OSError):
        return "?", "?"


def _directive(report: dict[str, Any]) -> str:
    said = report.get("effective-directive") or report["violated-directive"].split(" ")[0]
    return said if DIRECTIVE.fullmatch(said) else "?"


def _source(report: dict[str, Any]) -> str:
    said = report.get("blocked-uri") or "?"
    machine = urlsplit(said).netloc or said.split(":")[0]
    return machine if SOURCE.fullmatch(machine) else "?"
