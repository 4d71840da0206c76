"""Encryption of what tells of a person: AES-GCM, the key's name in front, each value bound to its own row and column.

It protects a stolen dump, disk or backup; it does not protect a process that is running. Keys live in one JSON file
outside the database and its backups (settings.PORTACHIAVI):

    {"attiva": "2026a", "chiavi": {"2026a": "<32 bytes, base64>"}, "indice": "<32 bytes, base64>"}

New values are written with the active key, old ones are read with the key they name; `manage.py ricifra` rewrites them.
The key of the blind index is another one and never changes: with it equal values can be found without being read.
"""

import json
import os
from base64 import b64decode
from binascii import Error as NotBase64
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hmac import HMAC
from django.conf import settings

KEY_LENGTH = 32
NONCE_LENGTH = 12
FORMAT = 1


class CryptoError(Exception):
    """A value that cannot be read: unknown key, other row, tampered with. Never answered with the value as it is."""


class KeyFileError(CryptoError):
    """The key file is missing or is not one."""


@dataclass(frozen=True)
class Portachiavi:
    attiva: str
    chiavi: dict[str, bytes]
    indice: bytes


def read_keys(path: Path) -> Portachiavi:
    """The keys of the file. Raises KeyFileError, with a sentence for who runs the process."""
    try:
        data = json.loads(path.read_text())
        if not isinstance(data["attiva"], str):
            raise TypeError
        keys = {name: b64decode(key, validate=True) for name, key in data["chiavi"].items()}
        ring = Portachiavi(attiva=data["attiva"], chiavi=keys, indice=b64decode(data["indice"], validate=True))
    except OSError as error:
        raise KeyFileError(f"Il file delle chiavi non si legge: {error.strerror}.") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, NotBase64) as error:
        raise KeyFileError("Il file delle chiavi non ha la forma attesa (attiva, chiavi, indice).") from error
    lengths = {len(key) for key in (*keys.values(), ring.indice)}
    names = {name.isascii() and len(name) <= 255 for name in keys}
    if ring.attiva not in keys or lengths != {KEY_LENGTH} or names != {True} or ring.indice in keys.values():
        raise KeyFileError("Il file delle chiavi vuole chiavi diverse di 32 byte, e l'attiva fra quelle.")
    return ring


@lru_cache(maxsize=1)
def _ring(path: Path) -> Portachiavi:
    return read_keys(path)


def portachiavi() -> Portachiavi:
    """The keys of this process, read once."""
    return _ring(Path(settings.PORTACHIAVI))


def key_named(name: str) -> bytes | None:
    """The key called `name`; the file is read again for one that a rotation has added since this process began."""
    if name not in portachiavi().chiavi:
        forget_keys()
    return portachiavi().chiavi.get(name)


def forget_keys() -> None:
    """After the key file has changed: a rotation, a test."""
    _ring.cache_clear()


def encrypt(plain: bytes, *, contesto: str) -> bytes:
    """`plain` sealed with the active key for `contesto` (row and column): format, key name, nonce, text, tag."""
    ring = portachiavi()
    nonce = os.urandom(NONCE_LENGTH)
    name = ring.attiva.encode()
    sealed = AESGCM(ring.chiavi[ring.attiva]).encrypt(nonce, plain, contesto.encode())
    return bytes([FORMAT, len(name)]) + name + nonce + sealed


def decrypt(token: bytes, *, contesto: str) -> bytes:
    """The text of `token`, if it was sealed for `contesto`. Raises CryptoError, never returns anything else."""
    name = key_name(token)
    start = 2 + len(name)
    key = key_named(name)
    if key is None:
        raise CryptoError("Valore scritto con una chiave che non c'è.")
    nonce, sealed = token[start : start + NONCE_LENGTH], token[start + NONCE_LENGTH :]
    try:
        return AESGCM(key).decrypt(nonce, sealed, contesto.encode())
    except (InvalidTag, ValueError) as error:
        raise CryptoError("Valore alterato, o di un'altra riga.") from error


def key_name(token: bytes) -> str:
    """Which key sealed `token`. Raises CryptoError for what is no token."""
    if len(token) < 2 + NONCE_LENGTH or token[0] != FORMAT:
        raise CryptoError("Valore non cifrato.")
    return token[2 : 2 + token[1]].decode("ascii", errors="replace")


def blind_index(value: str, *, scopo: str) -> str:
    """64 hexadecimal digits, the same for the same `value` and `scopo`; empty for an empty value."""
    if not value:
        return ""
    digest = HMAC(portachiavi().indice, SHA256())
    digest.update(f"{scopo}\x00{value}".encode())
    return digest.finalize().hex()
