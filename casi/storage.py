"""Where the files of cases lie: encrypted, under opaque names, in a folder no web server knows (settings.RISERVATI).

A file is a row of sealed chunks, AES-256-GCM with a key of its own that is used for it alone. Each chunk is bound to
the file, to its place and to whether it is the last one: a chunk changed, moved, left out or taken from another file
is found while reading, before any of it is handed out (the STREAM construction). A file is there whole or not at all.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

CHUNK = 64 * 1024
TAG = 16
FORMAT = b"tessere-1"


class FileGuastoError(Exception):
    """A file that is not there, or is not what was written."""


def new_key() -> bytes:
    """A key for one file."""
    return AESGCM.generate_key(256)


def write(pk: UUID, key: bytes, content: bytes) -> None:
    """Keep `content` as the file `pk`. Raises OSError (a full disk), and then nothing is left behind.

    Call it last in a transaction: what is rolled back afterwards leaves a file whose key is gone, so only garbage, for
    `left_before` to find.
    """
    place = _place(pk)
    _private_folder(place.parent)
    unfinished = place.with_suffix(".nuovo")
    try:
        with open(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            for sealed in _sealed(pk, key, content):
                file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(place)
    except OSError:
        with suppress(OSError):
            unfinished.unlink()
        raise
    _settle(place.parent)


def read(pk: UUID, key: bytes) -> Iterator[bytes]:
    """The content, a verified chunk at a time. Raises FileGuastoError; for a file that is not there, at once."""
    try:
        file = _place(pk).open("rb")
    except OSError as error:
        raise FileGuastoError from error
    return _opened(pk, key, file)


def erase(pk: UUID) -> None:
    """For retention alone. Silent when it is gone already."""
    _place(pk).unlink(missing_ok=True)


def left_before(moment: float) -> Iterator[tuple[UUID, Path]]:
    """Which files were last written before `moment` (seconds since 1970), begun and never finished ones too."""
    for place in sorted(Path(settings.RISERVATI).glob("[0-9a-f][0-9a-f]/[0-9a-f][0-9a-f]/*")):
        with suppress(ValueError, FileNotFoundError):  # nothing of ours; gone meanwhile
            if place.stat().st_mtime < moment:
                yield UUID(place.stem), place


def _place(pk: UUID) -> Path:
    return Path(settings.RISERVATI) / pk.hex[:2] / pk.hex[2:4] / pk.hex


def _private_folder(folder: Path) -> None:
    """`folder` and the ones above it, for this process's user alone."""
    for each in (folder.parent.parent, folder.parent, folder):
        each.mkdir(mode=0o700, parents=True, exist_ok=True)


def _settle(folder: Path) -> None:
    """Make the rename survive a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sealed(pk: UUID, key: bytes, content: bytes) -> Iterator[bytes]:
    cipher = AESGCM(key)
    starts = range(0, max(len(content), 1), CHUNK)
    for number, start in enumerate(starts):
        last = start + CHUNK >= len(content)
        yield cipher.encrypt(_nonce(number, last), content[start : start + CHUNK], FORMAT + pk.bytes)


def _opened(pk: UUID, key: bytes, file: BinaryIO) -> Iterator[bytes]:
    cipher = AESGCM(key)
    with file:
        sealed, number = file.read(CHUNK + TAG), 0
        while True:
            following = file.read(CHUNK + TAG)
            try:
                yield cipher.decrypt(_nonce(number, not following), sealed, FORMAT + pk.bytes)
            except (InvalidTag, ValueError) as error:
                raise FileGuastoError from error
            if not following:
                return
            sealed, number = following, number + 1


def _nonce(number: int, last: bool) -> bytes:
    """Never twice with one key: the place of the chunk, and whether it closes the file."""
    return number.to_bytes(11, "big") + bytes([last])
