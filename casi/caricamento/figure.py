"""The pictures inside a document: drawn anew like those that come alone, so that no place or hour hides in them."""

import io
import zipfile

from django.core.exceptions import ValidationError

from casi.caricamento.immagini import PIXELS, area, redrawn

FIRME = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"GIF8": "GIF",
    b"II*\x00": "TIFF",
    b"MM\x00*": "TIFF",
    b"BM": "BMP",
}
FIGURE = ("media/", "pictures/", "thumbnails/", "docprops/thumbnail")  # where documents keep them
EXIF = b"Exif\x00"
ALL_POINTS = 4 * PIXELS  # of all the pictures of one document


def redrawn_in(archive: zipfile.ZipFile) -> dict[str, bytes]:
    """The new content of each entry that is a picture. Raises ValidationError for those that cannot be cleaned."""
    found = {entry.filename: archive.read(entry) for entry in archive.infolist() if not entry.is_dir()}
    kinds = {name: kind for name, content in found.items() if (kind := _kind(name, content))}
    if sum(area(found[name], kind) for name, kind in kinds.items()) > ALL_POINTS:
        raise ValidationError("")
    if any(EXIF in content for name, content in found.items() if name not in kinds):
        raise ValidationError("")  # a photograph in a format that is not drawn anew
    return {name: redrawn(found[name], kind, upright=False) for name, kind in kinds.items()}


def _kind(name: str, content: bytes) -> str:
    """By what it is, wherever it lies; BMP's two letters count only among pictures. Empty for no picture."""
    kind = next((kind for firma, kind in FIRME.items() if content.startswith(firma)), "")
    among = any(place in f"/{name.lower()}" for place in FIGURE)
    return kind if kind != "BMP" or among else ""


def rewritten(archive: zipfile.ZipFile, changed: dict[str, bytes]) -> bytes:
    """The same archive, entry by entry in its order, with other contents for some."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for entry in archive.infolist():
            same = zipfile.ZipInfo(entry.filename, entry.date_time)
            same.compress_type, same.external_attr = entry.compress_type, entry.external_attr
            made.writestr(same, changed.get(entry.filename) or archive.read(entry))
    return out.getvalue()
