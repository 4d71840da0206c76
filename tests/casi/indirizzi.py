"""Every address of the area as the resolver knows it, and how the matrix calls it and compares answers."""

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module

from django.db import connection
from django.http import HttpResponse
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, reverse
from django.utils import timezone

from casi.checks import flat, is_public
from casi.models import Registro
from casi.ruoli import Azione
from tests.support.html import StrictClient

from .pezzi import (
    DATI,
    DI_NESSUNO,
    DI_UN_ALTRA_RETE,
    DI_UN_ALTRO_ENTE,
    DI_UN_CASO,
    DI_UN_INDIRIZZO,
    FUORI_DAI_CASI,
    LIBERI,
    estraneo,
)
from .scena import INESISTENTE, Scena

METODI = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS")
UN_CASO = "casi/<uuid:pk>/"
# States of what is outside a case, besides being of who asks; each with makers of its own.
ALTRUI = {"di_un_altro_ente": DI_UN_ALTRO_ENTE, "di_un_altra_rete": DI_UN_ALTRA_RETE}
NESSUN_NUMERO = 999_999_999
TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value=")[^"]*')
# While an emergency of one's own lasts, every page links its case: also when it is the one asked for, now sealed.
FASCIA = re.compile(r'(sola lettura: <a href=")[^"]*')
KEY = re.compile(r'(name="chiave"[^>]*value=")[^"]*')
LETTURA = re.compile(r'(action="/stampe/)[^"]*')


@dataclass(frozen=True)
class Indirizzo:
    nome: str
    rotta: str
    azione: Azione
    argomenti: tuple[str, ...]

    @property
    def di_un_caso(self) -> bool:
        return self.rotta.startswith(UN_CASO)

    @property
    def pezzi(self) -> tuple[str, ...]:
        """Names of the arguments that point to something within a case."""
        return tuple(name for name in self.argomenti if name != "pk") if self.di_un_caso else ()

    @property
    def di_qualcuno(self) -> bool:
        """Whether it points to something outside a case that is somebody's."""
        keys = {self._key(name) for name in self.argomenti if name not in LIBERI}
        return not self.di_un_caso and bool(keys - DI_NESSUNO)

    def url(self, scena: Scena, persona: str, stato: str, *, pezzi_di: str = "") -> str:
        """With parts of the case in `stato`, or of the one in `pezzi_di`, made for `persona` so that all else fits."""
        if self.di_un_caso:
            owner = scena.casi.get(pezzi_di or stato)
            made = {name: self._piece(scena, persona, name, owner) for name in self.pezzi}
            return reverse(f"casi:{self.nome}", kwargs={"pk": scena.pk(stato), **made})
        made = {name: self._free(scena, persona, name, stato) for name in self.argomenti}
        return reverse(f"casi:{self.nome}", kwargs=made)

    def dati(self, scena: Scena, persona: str) -> dict[str, object]:
        """What a POST sends: nothing, unless a page has no way to say that something is missing."""
        return DATI[self.nome](scena, persona) if self.nome in DATI else {}

    def _piece(self, scena: Scena, persona: str, name: str, caso) -> object:
        if name in LIBERI:
            return LIBERI[name]
        maker = DI_UN_INDIRIZZO.get((self.nome, name)) or DI_UN_CASO.get(name)
        if maker is None:
            raise AssertionError(f"{self.rotta}: di' in tests/casi/pezzi.py come si fa «{name}» di un caso")
        return maker(scena, caso, self._who(scena, persona)) if caso else self._absent(name)

    def _free(self, scena: Scena, persona: str, name: str, stato: str) -> object:
        if name in LIBERI:
            return LIBERI[name]
        key = self._key(name)
        if key not in FUORI_DAI_CASI:
            raise AssertionError(f"{self.rotta}: di' in tests/casi/pezzi.py come si fa {key}")
        if stato == "inesistente":
            return self._absent(name)
        who = self._who(scena, persona)
        if stato not in ALTRUI:
            return FUORI_DAI_CASI[key](scena, who)
        return ALTRUI[stato].get(key, FUORI_DAI_CASI[key])(scena, estraneo(scena, who, stato))

    def _absent(self, name: str) -> object:
        return NESSUN_NUMERO if f"<opaco:{name}>" in self.rotta else uuid.UUID(INESISTENTE)

    def _key(self, name: str) -> tuple[str, str]:
        return self.rotta.partition("<")[0], name

    @staticmethod
    def _who(scena: Scena, persona: str):
        return scena.operatori.get(persona) or scena.operatori["as_responsabile"]


def indirizzi() -> list[Indirizzo]:
    """All of `casi.urls` but the forms for anybody; one whose view declares no action stops the whole test."""
    return [_known(pattern) for pattern in flat(import_module("casi.urls").urlpatterns) if not is_public(pattern)]


def _known(pattern: URLPattern) -> Indirizzo:
    azione = getattr(pattern.callback, "azione", None)
    if not isinstance(azione, Azione) or not pattern.name:
        raise AssertionError(f"L'indirizzo «{pattern.pattern}» non dichiara la sua azione o non ha nome.")
    return Indirizzo(pattern.name, str(pattern.pattern), azione, tuple(pattern.pattern.converters))


@dataclass(frozen=True)
class Risposta:
    """What somebody outside can see of an answer, without what differs by nature; and what it left behind."""

    status: int
    luogo: str
    corpo: str
    intestazioni: tuple[tuple[str, str], ...]
    biscotti: tuple[str, ...]

    @property
    def conferma(self) -> bool:
        """Sent to confirm, or given his words back with the way there."""
        sent = self.status == 302 and self.luogo.startswith("/accesso/conferma")
        return sent or (self.status == 401 and 'href="/accesso/conferma' in self.corpo)


@dataclass(frozen=True)
class Traccia:
    righe: tuple[tuple[str, str, tuple[str, ...]], ...]  # action, outcome, cases
    interrogazioni: tuple[str, ...]


def ask(client: StrictClient, metodo: str, url: str, dati: dict | None = None) -> tuple[Risposta, Traccia]:
    last = Registro.objects.values_list("pk", flat=True).first() or 0
    with CaptureQueriesContext(connection) as queries:
        response = client.post(url, dati or {}) if metodo == "POST" else client.generic(metodo, url)
    lines = Registro.objects.filter(pk__gt=last).order_by("pk").values_list("azione", "esito", "casi")
    righe = tuple((azione, esito, tuple(map(str, casi))) for azione, esito, casi in lines)
    return seen(response, url), Traccia(righe, tuple(query["sql"] for query in queries))


def seen(response: HttpResponse, url: str) -> Risposta:
    body = b"".join(response.streaming_content) if response.streaming else response.content
    text = body.decode(errors="replace")
    for each in (KEY, TOKEN, LETTURA, FASCIA):
        text = each.sub(r"\1…", text)
    luogo = response.get("Location", "")
    headers = tuple(sorted((name, value) for name, value in response.items() if name != "Location"))
    return Risposta(response.status_code, luogo, text.replace(url, "…"), headers, tuple(sorted(response.cookies)))


def client_for(scena: Scena, persona: str) -> StrictClient:
    """Signed in with both factors, just now too."""
    client = StrictClient(raise_request_exception=False)
    if persona in scena.utenti:
        client.force_login(scena.utenti[persona])
        session = client.session
        session["account_authentication_methods"] = [{"method": "mfa", "at": timezone.now().timestamp()}]
        session["account_authentication_methods_user"] = str(scena.utenti[persona].pk)
        if persona == "senza_secondo_fattore":
            del session["account_authentication_methods"], session["secondo_fattore"]
        session.save()
    return client


@contextmanager
def unconfirmed(client: StrictClient) -> Iterator[None]:
    """As if the last confirmation were long ago."""
    session = client.session
    before = session["account_authentication_methods"]
    session["account_authentication_methods"] = [{"method": "mfa", "at": 0}]
    session.save()
    yield
    session["account_authentication_methods"] = before
    session.save()
