"""A PDF stays as it is but for its photographs: where and when they were taken is blanked, byte for byte. One that
would run something, or holds other files, is refused.

A PDF says at which byte each of its parts begins: what is blanked keeps its length, so nothing moves and nothing has to
be drawn anew. A photograph packed once more is unpacked, blanked, packed again and fits in its place.

What a PDF would do is looked for by name, in the file and in the objects packed with deflate, as nearly every program
packs them. This misses what is encrypted, and what is packed in another way or twice. That it does something as it
opens (`OpenAction`) says nothing by itself: most of them show the first page.
"""

import re
import zlib
from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casi.caricamento.documenti import END_MARK, UNPACKED

MOST_STREAMS = 20_000  # packed parts and photographs of one document
FIRST = 256  # bytes of what is packed that tell its kind
TAIL = 70_000  # bytes in which a zip archive's directory would have to begin
STREAM = re.compile(rb"stream\r?\n")
JPEG, PACKED = b"\xff\xd8\xff", b"\x78"
# What a camera or a program writes beside the picture, wherever it lies: also in a second picture behind the first.
SEGNI = re.compile(rb"\xff[\xe1\xed]..(?:Exif\0|http://ns\.adobe\.com/x|Photoshop 3\.0\0)", re.DOTALL)
DOES = ("JavaScript", "Launch", "SubmitForm", "ImportData", "RichMedia", "EmbeddedFile", "EmbeddedFiles")
# Any sign of a name may be written by its number.
NOMI = re.compile(
    b"/(?:%s)(?=[\\s\\0()<>\\[\\]{}/%%]|$)"
    % b"|".join(b"".join(b"(?:%c|#(?i:%02x))" % (each, each) for each in name.encode()) for name in DOES)
)
OBJECTS = re.compile(rb"[\s\0]*[\d%]")  # how a group of objects begins: with the number of the first
START, END, APP0, ADOBE, COMMENT = 0xDA, 0xD9, 0xE0, 0xEE, 0xFE
COLOURS = b"ICC_PROFILE\0"


def cleaned_pdf(content: bytes) -> bytes:
    """The PDF without what its photographs tell. Raises ValidationError if it is no whole PDF, or an archive too, or
    does something."""
    if b"%%EOF" not in content[-1024:] or END_MARK in content[-TAIL:]:
        raise _broken()
    _harmless(content)
    made, bearable, done = bytearray(content), UNPACKED, 0
    starts = [found.end() for found in STREAM.finditer(content) if content.startswith((JPEG, PACKED), found.end())]
    if len(starts) > MOST_STREAMS:
        raise _broken()
    for start in starts:
        if start < done:  # within a photograph: so each byte is looked at once, however the file is made
            continue
        if content.startswith(JPEG, start):
            done = _blank_segments(made, start)
        elif look := _how_to_look(content[start : start + 64]):
            if (done := content.find(b"endstream", start)) < 0:
                raise _broken()
            bearable -= look(made, slice(start, done), bearable)
    _blank_marked(made)
    return bytes(made)


def _broken() -> ValidationError:
    return ValidationError(_("Il PDF è rovinato o contiene altro: salvalo di nuovo e riprova."))


def _harmless(said: bytes) -> None:
    """Raises ValidationError for what would run something, or holds another file."""
    if NOMI.search(said):
        raise ValidationError(_("Il PDF contiene comandi o altri file: stampalo in un PDF nuovo e riprova."))


def _how_to_look(beginning: bytes) -> Callable[[bytearray, slice, int], int] | None:
    """At what is packed there, by its first signs: a photograph, objects or a page, or nothing of interest."""
    try:
        first = zlib.decompressobj().decompress(beginning, FIRST)
    except zlib.error:
        return None
    if first.startswith(JPEG):
        return _blank_packed
    return _read_packed if OBJECTS.match(first) else None


def _read_packed(made: bytearray, place: slice, bearable: int) -> int:
    """Objects, or a page. How many bytes they were. Raises ValidationError."""
    reader = zlib.decompressobj()
    try:
        plain = reader.decompress(bytes(made[place]), max(bearable, 1))
    except zlib.error:
        return 0
    if reader.unconsumed_tail:
        raise _broken()
    _harmless(plain)
    return len(plain)


def _blank_segments(data: bytearray, start: int) -> int:
    """Every segment before the picture itself, but those that say how to read its colours. Where they end."""
    at = start + 2
    while at + 4 <= len(data) and data[at] == 0xFF and data[at + 1] not in (START, END):
        kind, size = data[at + 1], int.from_bytes(data[at + 2 : at + 4])
        colours = kind in (APP0, ADOBE) or data.startswith(COLOURS, at + 4)
        if (APP0 <= kind <= 0xEF or kind == COMMENT) and not colours:
            _blank(data, at, size)
        at += 2 + max(size, 2)
    return at


def _blank_marked(data: bytearray) -> None:
    for found in SEGNI.finditer(bytes(data)):
        _blank(data, found.start(), int.from_bytes(data[found.start() + 2 : found.start() + 4]))


def _blank(data: bytearray, at: int, size: int) -> None:
    """The words of the segment at `at`: its mark and its length stay."""
    first, end = at + 4, min(at + 2 + size, len(data))
    data[first:end] = bytes(max(end - first, 0))


def _blank_packed(made: bytearray, place: slice, bearable: int) -> int:
    """The photograph packed there. How many bytes it was. Raises ValidationError."""
    packed, reader = bytes(made[place]), zlib.decompressobj()
    try:
        plain = bytearray(reader.decompress(packed, max(bearable, 1)))
    except zlib.error:
        return 0
    if not reader.eof:
        raise ValidationError(_("Il PDF contiene foto troppo grandi: riducile e riprova."))
    _blank_segments(plain, 0)
    _blank_marked(plain)
    again = zlib.compress(bytes(plain), 9)
    if len(again) > len(packed):
        raise ValidationError(_("Il PDF contiene foto che non possiamo ripulire: salvalo di nuovo e riprova."))
    made[place] = again.ljust(len(packed), b"\n")
    return len(plain)
