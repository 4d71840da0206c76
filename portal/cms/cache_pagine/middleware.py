"""Serves public pages to anonymous readers from memory, and tells browsers and proxies how to keep them."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response

from . import edizione, incompleta, regole
from .memoria import COMPRESSORS, Memoria, Pagina

VARY = "Accept-Encoding, Cookie, HX-Request"


class PagineAnonime:
    """Stands outside sessions and languages, inside the security headers: those are added to each answer anew.

    The edition is read before the page is made: a page can be kept under an edition older than its contents, which
    nobody asks for again, never under a newer one. The day is part of the state, since news expire with it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response
        limits = settings.PAGINE_ANONIME
        self.memoria = Memoria(limit=limits["byte"], seconds=limits["secondi"])
        self._edizione: edizione.Edizione | None = None

    def __call__(self, request: HttpRequest) -> HttpResponse:
        state = (self._current_edition(), timezone.localdate())
        if not regole.is_anonymous(request):
            return self._personal(request, self.get_response(request))
        key = regole.key(request)
        if key is not None and (kept := self.memoria.get(state, key)):
            return _finished(request, kept.response(), kept)
        with edizione.of_page(state[0]), incompleta.watched() as missing:
            response = self.get_response(request)
        if missing or not (regole.is_page(request) and regole.is_for_anybody(request, response)):
            return self._personal(request, response)
        response["Cache-Control"] = "no-cache"
        response["Vary"] = VARY
        pagina = Pagina(response)
        if key is not None and request.method == "GET":
            self.memoria.put(state, key, pagina)
        return _finished(request, response, pagina)

    def _current_edition(self) -> edizione.Edizione:
        current = edizione.current()
        if current != self._edizione:
            edizione.forget_old_contents()
            self._edizione = current
        return current

    @staticmethod
    def _personal(request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Pages made for somebody stay with them."""
        if regole.is_page(request):
            response.headers.setdefault("Cache-Control", "private, no-cache")
        return response


def _finished(request: HttpRequest, response: HttpResponse, pagina: Pagina) -> HttpResponse:
    """The page as this browser wants it: nothing when it has it already, compressed when it can read that."""
    response["ETag"] = pagina.etag
    answer = get_conditional_response(request, etag=pagina.etag, response=response) or response
    if answer.status_code == 200 and (encoding := _encoding(request)):
        answer.content = pagina.compressed(encoding)
        answer["Content-Encoding"] = encoding
        answer["Content-Length"] = str(len(answer.content))
    return answer


def _encoding(request: HttpRequest) -> str | None:
    """The best compression the browser reads. Safe here: these pages hold no secret that its length could tell."""
    parts = request.headers.get("Accept-Encoding", "").lower().replace(" ", "").split(",")
    accepted = {name for name, _, weight in (part.partition(";") for part in parts) if weight not in {"q=0", "q=0.0"}}
    return next((encoding for encoding in COMPRESSORS if encoding in accepted), None)
