"""The gate for files: one question, whether this one comes in, and as what."""

from collections.abc import Callable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from casi.caricamento.antivirus import check_harmless
from casi.caricamento.documenti import cleaned_docx, cleaned_odt
from casi.caricamento.immagini import redrawn
from casi.caricamento.nomi import split_name
from casi.caricamento.pdf import cleaned_pdf

LARGEST = 10 * 1024 * 1024


@dataclass(frozen=True)
class Tipo:
    """A kind of file. `cleaned` gives back what is kept, or raises ValidationError."""

    mime: str
    firma: bytes
    cleaned: Callable[[bytes], bytes]


@dataclass(frozen=True)
class Ammesso:
    nome: str
    tipo: str
    contenuto: bytes


JPEG = Tipo("image/jpeg", b"\xff\xd8\xff", lambda content: redrawn(content, "JPEG"))
TIPI = {
    "pdf": Tipo("application/pdf", b"%PDF-", cleaned_pdf),
    "jpg": JPEG,
    "jpeg": JPEG,
    "png": Tipo("image/png", b"\x89PNG\r\n\x1a\n", lambda content: redrawn(content, "PNG")),
    "odt": Tipo("application/vnd.oasis.opendocument.text", b"PK\x03\x04", cleaned_odt),
    "docx": Tipo(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        b"PK\x03\x04",
        cleaned_docx,
    ),
}


def admit(name: str, content: bytes) -> Ammesso:
    """What is to be kept of a file called `name`. Raises ValidationError with a sentence for who sent it."""
    stem, extension = split_name(name)
    tipo = TIPI.get(extension)
    if tipo is None:
        raise ValidationError(_("Si possono allegare PDF, foto (JPG, PNG) e documenti di testo (ODT, DOCX)."))
    if not content:
        raise ValidationError(_("Il file è vuoto."))
    if len(content) > LARGEST:
        raise ValidationError(_("Il file supera i 10 MB."))
    if not content.startswith(tipo.firma):
        raise ValidationError(_("Il contenuto del file non è quello che dice il suo nome."))
    check_harmless(content)
    return Ammesso(f"{stem}.{extension}", tipo.mime, tipo.cleaned(content))
