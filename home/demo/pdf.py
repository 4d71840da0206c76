"""A one-page PDF out of plain text, tagged so that a screen reader knows headings from paragraphs."""

from textwrap import wrap

ALTEZZA, MARGINE, LARGHEZZA = 842, 56, 86  # points, points, characters of a line
TITOLO, VOCE = "## ", "- "
PRIMO = 10  # number of the object of the first tag
# By tag: font, size, space above.
STILI = {"H1": ("F2", 18, 0), "H2": ("F2", 13, 14), "P": ("F1", 11, 4)}


def pdf(titolo: str, testo: str) -> bytes:
    """`testo` in the demo's plain notation: headings, items, paragraphs; what does not fit on the page is an error."""
    pieces = [("H1", titolo), *(_piece(line) for line in testo.splitlines())]
    drawn = _draw(pieces)
    kids = " ".join(f"{PRIMO + at} 0 R" for at in range(len(pieces)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (it-IT) /MarkInfo << /Marked true >> /StructTreeRoot 7 0 R"
        " /ViewerPreferences << /DisplayDocTitle true >> >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 {ALTEZZA}] /Contents 4 0 R /StructParents 0 /Tabs /S"
        " /Resources << /Font << /F1 5 0 R /F2 6 0 R >> >> >>",
        f"<< /Length {len(_bytes(drawn))} >>\nstream\n{drawn}\nendstream",
        *(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
            for name in ("Helvetica", "Helvetica-Bold")
        ),
        f"<< /Type /StructTreeRoot /K [9 0 R] /ParentTree << /Nums [0 [{kids}]] >> /ParentTreeNextKey 1 >>",
        f"<< /Title ({_escaped(titolo)}) >>",
        f"<< /Type /StructElem /S /Document /P 7 0 R /K [{kids}] >>",
        *(f"<< /Type /StructElem /S /{tag} /P 9 0 R /Pg 3 0 R /K {at} >>" for at, (tag, _text) in enumerate(pieces)),
    ]
    return _file(objects)


def _piece(line: str) -> tuple[str, str]:
    """(tag, text) of a line."""
    if line.startswith(TITOLO):
        return "H2", line.removeprefix(TITOLO)
    return "P", f"•  {line.removeprefix(VOCE)}" if line.startswith(VOCE) else line


def _draw(pieces: list[tuple[str, str]]) -> str:
    """The content of the page, each piece marked with its place among the tags."""
    drawn, at = [], ALTEZZA - MARGINE
    for number, (tag, text) in enumerate(pieces):
        font, size, above = STILI[tag]
        at -= above
        drawn.append(f"/{tag} << /MCID {number} >> BDC BT /{font} {size} Tf")
        for line in wrap(text, LARGHEZZA * 11 // size) or [""]:
            at -= round(size * 1.4)
            drawn.append(f"1 0 0 1 {MARGINE} {at} Tm ({_escaped(line)}) Tj")
        drawn.append("ET EMC")
    if at < MARGINE:
        raise ValueError("non ci sta in una pagina")
    return "\n".join(drawn)


def _file(objects: list[str]) -> bytes:
    body, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, start=1):
        places.append(len(body))
        body += _bytes(f"{number} 0 obj\n{each}\nendobj\n")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    end = f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n<< /Size {size} /Root 1 0 R /Info 8 0 R >>\n"
    return body + _bytes(f"{end}startxref\n{len(body)}\n%%EOF\n")


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")


def _bytes(text: str) -> bytes:
    return text.encode("cp1252")
