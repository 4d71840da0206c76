"""The forms of a page as a browser reads them: what may be typed and chosen in each, filled as somebody would."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from . import campioni

PAROLE = ("text", "search", "textarea")
SCELTE = ("select", "radio", "checkbox")
MUTI = ("file", "password", "hidden")  # a page does not say these again
ESEMPI = {"email": "ada@esempio.it", "tel": "091 555 0100", "number": "1", "url": "https://esempio.it/"}
GETTONE = "csrfmiddlewaretoken"


@dataclass
class Campo:
    nome: str
    tipo: str = "text"  # of the input; or "select", "textarea"
    opzioni: list[str] = field(default_factory=list)
    valori: list[str] = field(default_factory=list)  # what is in it, or is chosen
    massimo: int = 200

    def riempito(self, segno: str) -> list[str]:
        """What somebody would put in it; `segno` if it is a text of his own."""
        if self.tipo in PAROLE:
            return [segno[: self.massimo]]
        if self.tipo in SCELTE:
            return [each for each in self.opzioni if each][:1]
        if self.tipo.startswith("date"):
            return [f"{timezone.localtime():%Y-%m-%dT%H:%M}"[: 10 if self.tipo == "date" else None]]
        return [ESEMPI[self.tipo]] if self.tipo in ESEMPI else self.valori


@dataclass
class Modulo:
    metodo: str
    indirizzo: str
    campi: dict[str, Campo] = field(default_factory=dict)

    def verso(self, url: str) -> bool:
        """Whether it is sent to the page itself, `url`."""
        return self.metodo == "post" and urlsplit(self.indirizzo).path in {"", url}

    def riempito(self) -> dict[str, list[str]]:
        marks = enumerate(self.campi.values())
        return {each.nome: each.riempito(f"Parole {place:03} mie") for place, each in marks if each.tipo != "file"}

    def file(self) -> dict[str, SimpleUploadedFile]:
        names = [each.nome for each in self.campi.values() if each.tipo == "file"]
        return {name: SimpleUploadedFile("foto.jpg", campioni.picture(), "image/jpeg") for name in names}


class Pagina(HTMLParser):
    """`moduli`, and `chieste`: the names in the query strings it leads to."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.moduli: list[Modulo] = []
        self.chieste: set[str] = set()
        self._open: Campo | None = None
        self.feed(html)

    def del_modulo(self, url: str) -> Modulo | None:
        """The form it sends to `url`: of several, the one with the most fields."""
        own = [each for each in self.moduli if each.verso(url)]
        return max(own, key=lambda each: len(each.campi), default=None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.moduli.append(Modulo(given.get("method", "get").lower(), given.get("action", "")))
        if tag == "a":
            self.chieste |= {name for name, _value in parse_qsl(urlsplit(given.get("href", "")).query)}
        if tag == "option" and self._open:
            value = given.get("value", "")
            self._open.opzioni.append(value)
            self._open.valori += [value] if "selected" in given else []
        if tag in ("input", "select", "textarea", "button") and given.get("name", GETTONE) != GETTONE and self.moduli:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        kind = given.get("type", "text") if tag == "input" else {"button": "hidden"}.get(tag, tag)
        kind = "hidden" if given.get("tabindex") == "-1" else kind  # a trap for machines
        campo = self.moduli[-1].campi.setdefault(given["name"], Campo(given["name"], kind))
        campo.massimo = int(given.get("maxlength", campo.massimo))
        value = given.get("value", "on" if kind in SCELTE else "")
        if kind in ("radio", "checkbox"):
            campo.opzioni.append(value)
            campo.valori += [value] if "checked" in given else []
        elif tag == "input" and value:
            campo.valori.append(value)
        self._open = campo if tag in ("select", "textarea") else None

    def handle_endtag(self, tag: str) -> None:
        if tag in ("select", "textarea") and self._open:
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open and self._open.tipo == "textarea":
            self._open.valori = ["".join([*self._open.valori, data]).removeprefix("\n")]


def lost(html: str, sent: dict[str, list[str]], campi: dict[str, Campo], names: Iterable[str]) -> Iterator[str]:
    """Those of `names` whose values, as they were sent, the page does not have in a form again."""
    shown = max(Pagina(html).moduli, key=lambda each: len(each.campi.keys() & sent.keys()), default=Modulo("", ""))
    for name in names:
        if campi[name].tipo in MUTI or not any(sent[name]):
            continue
        found = shown.campi.get(name)
        if not found or [plain(each) for each in found.valori] != [plain(each) for each in sent[name]]:
            yield f"{name}={found.valori if found else None}"


def plain(text: str) -> str:
    """As a page can say it: no NUL, no half of a sign, the ends of lines of one kind."""
    whole = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    return whole.replace("\0", "").replace("\r\n", "\n").strip()
