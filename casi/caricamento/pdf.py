"""A PDF stays as it is but for its photographs: where and when they were taken is blanked, byte for byte.

A PDF says at which byte each of its parts begins: what is blanked keeps its length, so nothing moves and nothing has to
be drawn anew. A photograph packed once more is unpacked, blanked, packed again and fits in its place.
"""

import re
import zlib

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casi.caricamento.documenti import END_MARK, UNPACKED

MOST_STREAMS = 20_000  # packed parts and photographs of one document
TAIL = 70_000  # bytes in which a zip archive's directory would have to begin
STREAM = re.compile(rb"stream\r?\n")
JPEG, PACKED = b"\xff\xd8\xff", b"\x78"
# What a camera or a program writes beside the picture, wherever it lies: also in a second picture behind the first.
SEGNI = re.compile(rb"\xff[\xe1\xed]..(?:Exif\0|http://ns\.adobe\.com/x|Photoshop 3\.0\0)", re.DOTALL)
START, END, APP0, ADOBE, COMMENT = 0xDA, 0xD9, 0xE0, 0xEE, 0xFE
COLOURS = b"ICC_PROFILE\0"


def cleaned_pdf(content: bytes) -> bytes:
    """The PDF without what its photographs tell. Raises ValidationError if it is no whole PDF, or an archive too."""
    if b"%%EOF" not in content[-1024:] or END_MARK in content[-TAIL:]:
        raise _broken()
    made, bearable, done = bytearray(content), UNPACKED, 0
    starts = [found.end() for found in STREAM.finditer(content) if content.startswith((JPEG, PACKED), found.end())]
    if len(starts) > MOST_STREAMS:
        raise _broken()
    for start in starts:
        if start < done:  # within a photograph: so each byte is looked at once, however the file is made
            continue
        if content.startswith(JPEG, start):
            done = _blank_segments(made, start)
        elif _packs_a_photograph(content[start : start + 64]):
            if (done := content.find(b"endstream", start)) < 0:
                raise _broken()
            bearable -= _blank_packed(made, slice(start, done), bearable)
    _blank_marked(made)
    return bytes(made)


def _broken() -> ValidationError:
    return ValidationError(_("Il PDF è rovinato o contiene altro: salvalo di nuovo e riprova."))


def _packs_a_photograph(beginning: bytes) -> bool:
    try:
        return zlib.decompressobj().decompress(beginning, len(JPEG)) == JPEG
    except zlib.error:
        return False


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
