"""The plain notation of the demo's texts (catalogo/dati/README.md) as rich text, blocks and translatable pieces."""

from itertools import groupby

from django.utils.html import escape
from wagtail.rich_text import RichText

from . import documenti

TITOLO, AVVISO, DOMANDA, CITAZIONE, ALLEGATO, VOCE = "## ", "!! ", "?? ", "> ", "++ ", "- "


def rich(text: str) -> str:
    """HTML of paragraphs and lists."""
    html = ""
    for is_item, lines in groupby(text.splitlines(), key=lambda line: line.startswith(VOCE)):
        if is_item:
            html += "<ul>" + "".join(f"<li>{escape(line.removeprefix(VOCE))}</li>" for line in lines) + "</ul>"
        else:
            html += "".join(f"<p>{escape(line)}</p>" for line in lines if line)
    return html


def blocks(text: str) -> list[tuple[str, object]]:
    """(block name, value) pairs of a `CorpoBlock`."""
    found: list[tuple[str, object]] = []
    for kind, lines in groupby(text.splitlines(), key=_kind):
        if kind == "testo":
            found.append((kind, RichText(rich("\n".join(lines)))))
        else:
            found.extend((kind, _value(kind, line)) for line in lines)
    return found


def pieces(text: str) -> list[str]:
    """What a translator sees, in order: one piece per line, two where a line has two parts; no names of files."""
    seen = [_bare(line)[1:] if _kind(line) == "allegato" else _bare(line) for line in text.splitlines()]
    return [piece.strip() for line in seen for piece in line]


def _kind(line: str) -> str:
    marks = {TITOLO: "titolo", AVVISO: "avviso", DOMANDA: "domanda", CITAZIONE: "citazione", ALLEGATO: "allegato"}
    return next((name for mark, name in marks.items() if line.startswith(mark)), "testo")


def _value(kind: str, line: str) -> object:
    first, second = [*_bare(line), ""][:2]
    if kind == "titolo":
        return first
    if kind == "citazione":
        return {"testo": first, "chi": second}
    if kind == "allegato":
        return {"documento": documenti.named(first), "descrizione": second}
    names = {"avviso": ("titolo", "testo"), "domanda": ("domanda", "risposta")}[kind]
    return {names[0]: first, names[1]: RichText(rich(second))}


def _bare(line: str) -> list[str]:
    """The line without its mark, cut where it has two parts."""
    kind = _kind(line)
    if kind == "testo":
        return [line.removeprefix(VOCE)]
    parts = line.split(" ", 1)[1]
    return [parts] if kind == "titolo" else [part.strip() for part in parts.split(" | ", 1)]
