"""Blows at an address: queries and forms that no page of ours sends; and what is wrong with how each was answered."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from typing import Any
from urllib.parse import urlencode

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpResponse, QueryDict

from tests.support.html import StrictClient, UncleanPageError
from tests.support.undone import undone

from .canarini import heard
from .moduli_letti import MUTI, PAROLE, SCELTE, Campo, Modulo, Pagina, lost

DA_NOI = {"Origin": "http://testserver"}
MODULO = "application/x-www-form-urlencoded"
OSTILI = {
    "NUL": "Pa\0role",
    "solo NUL": "\0",
    "mezzo segno": "\ud800",
    "da destra a sinistra": "\u202eelorap\u200f\u2066",
    "enorme": "x" * 200_000,
    "2^63": str(2**63),
    "2^31": str(2**31),
    "mille cifre": "9" * 1_000,
    "diciotto cifre": "9" * 18,
    "meno uno": "-1",
    "zero": "0",
    "infinito": "1e400",
    "non un numero": "nan",
    "cifra che non conta": "\u00b2",
    "cifra di altri": "\u0663",
    "giorno zero": "0000-00-00",
    "primo giorno": "0001-01-01",
    "ultimo giorno": "9999-12-31",
    "ultima ora": "9999-12-31T23:59",
    "non offerto": "non-offerto",
    "chiave nulla": "00000000-0000-0000-0000-000000000000",
    "html": "<b>\"'&--;/*",
    "niente": "",
}
DOMANDE = {
    "non UTF-8": "%ff%fe%c3%28",
    "percento": "%",
    "diecimila lettere": "x" * 10_000,
    "diecimila segni": "%00" * 3_333,
    "una lista": "1&{0}=%00&{0}%5B%5D=2&{0}%5Ba%5D=3",
}
STRANE = ("&&&=&=", "=", "%00=%00&%ff=%ff", "?;%3b%", "&".join(f"a{each}=1" for each in range(2_000)), "\u00e8=\u00e8")
SEMPRE = ("pagina", "q", "dopo", "stato", "lingua")  # whatever the page asks for
CALME = frozenset({200, 204, 302, 400, 401, 403, 404, 405, 409, 422, 429})
DICE_TROPPO = re.compile(
    r"Traceback|\w(Error|Exception|DoesNotExist)\b|psycopg|site-packages|\.py\b|SELECT |INSERT |"
    r"django\.|settings\.[A-Z]|/etc/passwd|root:"
)
# Rows that a refused request may leave: that it was refused, that it was too much, that somebody is still there.
NON_CONTANO = re.compile(r"casi_(registro|testaregistro|bozza|freno)$|session|axes_|usersessions")
SCRIVE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "(\w+)"')
INTERA = os.environ.get("MATRICE") == "intera"  # every value for every field, every query for every page
VARIABILI = {"Content-Length", "Content-Type", "Content-Language", "Vary", "Location", "Allow"}


@dataclass(frozen=True)
class Colpo:
    """`inviato`: what is in the form, of which the fields `ostili` are not what a person would write."""

    nome: str
    url: str
    corpo: bytes | None = None
    tipo: str = MODULO
    inviato: dict[str, list[str]] = field(default_factory=dict)
    ostili: frozenset[str] = frozenset()
    campi: dict[str, Campo] = field(default_factory=dict)
    attesi: frozenset[int] = CALME


@dataclass
class Arco:
    """Somebody's browser, and what the area is known for: the headers of a good page."""

    client: StrictClient
    difese: dict[str, str]

    def colpisci(self, colpi: Iterator[Colpo]) -> list[str]:
        """What is wrong with the answers; nothing of what they did stays."""
        before = rows()
        return [f"{colpo.nome}: {wrong}" for colpo in colpi for wrong in self._uno(colpo, before)]

    def _uno(self, colpo: Colpo, before: dict[str, tuple[int, int]]) -> list[str]:
        cookies = self.client.cookies.copy()
        with undone():
            with written() as tables:
                try:
                    answer, text = self.ask(colpo)
                except UncleanPageError as error:
                    return [f"pagina sporca: {error}"]
            refused = colpo.corpo is None or answer.status_code >= 400
            changed = refused and tables and differ(before)
        self.client.cookies = cookies
        cache.clear()
        wrong = list(self._giudica(answer, text))
        wrong += [] if answer.status_code in colpo.attesi else [str(answer.status_code)]
        wrong += [f"{answer.status_code}, ma ha scritto in {sorted(tables)}"] if changed else []
        return wrong + list(given_back(colpo, answer.status_code, text))

    def ask(self, colpo: Colpo) -> tuple[HttpResponse, str]:
        kwargs: dict[str, Any] = {"headers": DA_NOI}
        if colpo.corpo is None:
            answer = self.client.get(colpo.url, **kwargs)
        else:
            answer = self.client.generic("POST", colpo.url, colpo.corpo, colpo.tipo, **kwargs)
        return answer, said_by(answer)

    def _giudica(self, answer: HttpResponse, text: str) -> Iterator[str]:
        page = "html" in answer.get("Content-Type", "")
        if page and (said := DICE_TROPPO.search(text)):
            yield f"dice troppo: {said.group()}"
        if heard(text):
            yield "parole di altri"
        odd = {name: answer.get(name) for name, value in self.difese.items() if differs(answer, name, value, page)}
        if odd:
            yield f"{answer.status_code} senza difese: {odd}"


def said_by(answer: HttpResponse) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode(errors="replace")


def differs(answer: HttpResponse, name: str, value: str, page: bool) -> bool:
    return answer.get(name) != value if page else name not in answer


def given_back(colpo: Colpo, status: int, text: str) -> Iterator[str]:
    """What was typed is in its place again beside what is wrong with it; after another refusal the words are there."""
    if status == 422:
        names = [name for name in colpo.inviato if name in colpo.campi]
        kept = [name for name in names if name not in colpo.ostili or colpo.campi[name].tipo not in SCELTE]
        missing = list(lost(text, colpo.inviato, colpo.campi, kept))
    elif status in (401, 403, 404, 409) and "chiave" not in colpo.ostili:  # no person sends the key of somebody else
        said = unescape(text)
        words = {name for name in colpo.inviato.keys() & colpo.campi.keys() if colpo.campi[name].tipo in PAROLE}
        missing = [
            name for name in sorted(words - colpo.ostili) if not all(each in said for each in colpo.inviato[name])
        ]
    else:
        missing = []
    if missing:
        yield f"{status}, e si è perso {missing}"


def defences(answer: HttpResponse) -> dict[str, str]:
    return {name: value for name, value in answer.items() if name not in VARIABILI}


def rows() -> dict[str, tuple[int, int]]:
    """How many rows each table has, and what they say together."""
    names = [each for each in connection.introspection.table_names() if not NON_CONTANO.search(each)]
    each = "SELECT '{0}', count(*), coalesce(sum(hashtextextended(t::text, 0)), 0) FROM \"{0}\" t"
    with connection.cursor() as cursor:
        cursor.execute(" UNION ALL ".join(each.format(name) for name in names))
        return {name: (many, said) for name, many, said in cursor.fetchall()}


def differ(before: dict[str, tuple[int, int]]) -> bool:
    """Whether any table does. Where the answer is that the database has refused, nothing can be asked any more."""
    try:
        return rows() != before
    except DatabaseError:
        return False


@contextmanager
def written() -> Iterator[set[str]]:
    """Tables that are written meanwhile, also for nothing."""
    tables: set[str] = set()

    def note(execute: Callable, sql: str, params: Any, many: bool, context: Any) -> Any:
        found = SCRIVE.match(sql)
        if found and not NON_CONTANO.search(found[1]):
            tables.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield tables


@contextmanager
def overheard(monkeypatch) -> Iterator[set[str]]:
    """Names that are asked meanwhile of what a request carries."""
    names: set[str] = set()

    def spied(original: Callable) -> Callable:
        def ask(sent: QueryDict, name: object, *args: object, **kwargs: object) -> object:
            if isinstance(name, str):
                names.add(name)
            return original(sent, name, *args, **kwargs)

        return ask

    with monkeypatch.context() as patch:
        for name in ("__getitem__", "__contains__", "getlist"):
            patch.setattr(QueryDict, name, spied(getattr(QueryDict, name)), raising=False)
        yield names


# --- the blows


def queries(url: str, asked: set[str], altrui: str, turn: int) -> Iterator[Colpo]:
    """Each value for all names at once; for each name that the page does ask for, all of them alone. A page that asks
    for none gets some, which turn from an address to the next.
    """
    values = {name: as_query(value) for name, value in (OSTILI | {"di altri": altrui}).items()} | DOMANDE
    values["enorme"] = values.pop("diecimila lettere")
    for said in values if asked else some(values, turn, 4):
        query = "&".join(f"{name}={values[said].format(name)}" for name in sorted({*asked, *SEMPRE}))
        yield Colpo(f"?{said}", f"{url}?{query}")
    for name in sorted(asked) if len(asked) > 1 else ():
        yield from (Colpo(f"?{name} {said}", f"{url}?{name}={values[said].format(name)}") for said in values)
    yield from (Colpo(f"?{query[:20]}", f"{url}?{query}") for query in STRANE)


def some(values: Iterable[str], turn: int, many: int) -> list[str]:
    every = list(values)
    return every if INTERA else [every[(turn * many + each) % len(every)] for each in range(many)]


def as_query(text: str) -> str:
    return urlencode({"": text}, errors="surrogatepass")[1:]


def forms(url: str, modulo: Modulo, altrui: str, turn: int) -> Iterator[Colpo]:
    """The form with one value everywhere; then well filled but for one field, which takes values that turn from it to
    the next, and from an address to the next: more of them where the page has put there what is in it.
    """
    good, values = modulo.riempito(), {**OSTILI, "di altri": altrui}
    yield form("com'è", url, modulo, good)
    for said, value in values.items():
        yield form(f"tutto {said}", url, modulo, {name: [value] for name in good}, good)
    for place, name in enumerate(good):
        many = 6 if modulo.campi[name].tipo in MUTI else 2
        for said in some(values, turn + place, many):
            yield form(f"{name} {said}", url, modulo, {**good, name: [values[said]]}, {name})
    yield from _misshapen(url, modulo, good)


def _misshapen(url: str, modulo: Modulo, good: dict[str, list[str]]) -> Iterator[Colpo]:
    yield Colpo("doppio", url, encoded({name: [*values, "-1", *values] for name, values in good.items()}))
    yield Colpo("vuoto", url, b"")
    yield Colpo("duemila campi", url, encoded(good) + b"&" + STRANE[4].encode())
    part = '--ab\r\nContent-Disposition: form-data; name="{}"; filename="a.txt"\r\n\r\nfile\r\n'
    parts = "".join(part.format(name) for name in modulo.campi)
    yield Colpo("file al posto di testi", url, f"{parts}--ab--\r\n".encode(), "multipart/form-data; boundary=ab")
    yield Colpo("a metà", url, parts.encode()[:-20], "multipart/form-data; boundary=ab")
    yield Colpo("testo al posto di file", url, encoded({name: ["testo"] for name in modulo.campi}))


def form(nome: str, url: str, modulo: Modulo, inviato: dict[str, list[str]], ostili: Any = ()) -> Colpo:
    return Colpo(nome, url, encoded(inviato), inviato=inviato, ostili=frozenset(ostili), campi=modulo.campi)


def encoded(sent: dict[str, list[str]]) -> bytes:
    return urlencode(sent, doseq=True, errors="surrogatepass").encode()


def form_of(html: str, url: str, overheard_names: set[str]) -> Modulo:
    """That of the page, with the names its view asks for and the page does not show today."""
    found = Pagina(html).del_modulo(url) or Modulo("post", "")
    for name in sorted(overheard_names - found.campi.keys()):
        found.campi[name] = Campo(name, "hidden")
    return found
