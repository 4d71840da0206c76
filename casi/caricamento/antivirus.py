"""The antivirus: always its own test file, and whatever clamd knows where there is one (settings.CLAMD)."""

import socket
import struct

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

# The harmless text every antivirus calls a virus, in two halves: whole, it would make this very file one.
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + rb"EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
TIMEOUT = 20  # seconds
PIECE = 64 * 1024


def check_harmless(content: bytes) -> None:
    """Raises ValidationError for a virus, and when a clamd that should answer does not."""
    if EICAR in content:
        raise ValidationError(_("Il file contiene un virus: non l'abbiamo conservato."))
    if not settings.CLAMD:
        return
    answer = _answer(content)
    if answer.endswith("FOUND"):
        raise ValidationError(_("Il file contiene un virus: non l'abbiamo conservato."))
    if not answer.endswith("OK"):
        raise ValidationError(_("L'antivirus non risponde: il file non è stato conservato. Riprova più tardi."))


def _answer(content: bytes) -> str:
    """What clamd says of it; nothing when it cannot be asked."""
    try:
        return _ask_clamd(content)
    except OSError:
        return ""


def _ask_clamd(content: bytes) -> str:
    """clamd's answer to INSTREAM: each piece with its length in front, an empty one at the end."""
    with _connected(settings.CLAMD) as clamd:
        clamd.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            clamd.sendall(struct.pack("!L", len(piece)) + piece)
        clamd.sendall(struct.pack("!L", 0))
        return clamd.recv(1024).decode(errors="replace").rstrip("\0\n ")


def _connected(where: str) -> socket.socket:
    host, _colon, port = where.rpartition(":")
    if host and port.isdecimal():
        return socket.create_connection((host, int(port)), timeout=TIMEOUT)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.settimeout(TIMEOUT)
    try:
        connection.connect(where)
    except OSError:
        connection.close()
        raise
    return connection
