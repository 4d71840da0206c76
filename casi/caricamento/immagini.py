"""Pictures are drawn anew: where and when they were taken, and whatever else hid in the file, does not come along."""

import io

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image, ImageOps

PIXELS = 40_000_000  # a phone's largest photograph, about


def redrawn(content: bytes, format_name: str, *, upright: bool = True) -> bytes:
    """The same picture as a new file of the same format. Raises ValidationError.

    `upright`: turned as its EXIF says; a picture in a document is turned by the document.
    """
    try:
        with Image.open(io.BytesIO(content), formats=[format_name]) as opened:
            if opened.width * opened.height > PIXELS:
                raise ValidationError(_("L'immagine è troppo grande: riducila e riprova."))
            return _saved(_plain(ImageOps.exif_transpose(opened) if upright else opened), format_name)
    except ValidationError:
        raise
    except Image.DecompressionBombError as error:  # larger still: Pillow itself opens no such thing
        raise ValidationError(_("L'immagine è troppo grande: riducila e riprova.")) from error
    except Exception as error:  # what a decoder raises on rubbish can be anything
        raise ValidationError(_("L'immagine è rovinata o non è quello che dice il nome.")) from error


def area(content: bytes, format_name: str) -> int:
    """How many points it has, by its own word, which `redrawn` then holds it to. Raises what a decoder raises."""
    with Image.open(io.BytesIO(content), formats=[format_name]) as opened:
        return opened.width * opened.height


def _plain(picture: Image.Image) -> Image.Image:
    """Pixels only: no EXIF, comment, colour profile or text beside them."""
    grey = picture.mode in {"1", "L"} and not picture.has_transparency_data
    mode = "RGBA" if picture.has_transparency_data else "L" if grey else "RGB"
    plain = picture.convert(mode)
    plain.info = {}
    return plain


def _saved(picture: Image.Image, format_name: str) -> bytes:
    out = io.BytesIO()
    if format_name == "JPEG":
        picture.convert("L" if picture.mode == "L" else "RGB").save(out, "JPEG", quality=88)
    else:
        picture.save(out, format_name)
    return out.getvalue()
