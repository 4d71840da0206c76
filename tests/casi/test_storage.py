"""Files of cases on the disk: encrypted, whole, nobody else's to read, and never handed out altered."""

import errno
import os
import stat
import subprocess
import uuid

import pytest
from django.conf import settings as real

from casi import storage

PK = uuid.UUID("12345678-0000-4000-8000-000000000000")


@pytest.fixture(autouse=True)
def folder(tmp_path, settings):
    settings.RISERVATI = tmp_path / "riservati"
    return settings.RISERVATI


def kept(content: bytes) -> tuple[bytes, "os.PathLike"]:
    key = storage.new_key()
    storage.write(PK, key, content)
    return key, real.RISERVATI / "12" / "34" / PK.hex


def content_of(key: bytes, pk: uuid.UUID = PK) -> bytes:
    return b"".join(storage.read(pk, key))


@pytest.mark.parametrize("size", [0, 1, storage.CHUNK - 1, storage.CHUNK, storage.CHUNK + 1, 3 * storage.CHUNK])
def test_file_comes_back_as_it_was(size):
    content = os.urandom(size)
    key, _file = kept(content)
    assert content_of(key) == content


def test_file_is_encrypted_and_private(folder):
    _key, file = kept(b"Canarino " * 1000)
    assert b"Canarino" not in file.read_bytes()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    for place in (folder, folder / "12", folder / "12" / "34"):
        assert stat.S_IMODE(place.stat().st_mode) == 0o700
    assert not folder.is_relative_to(real.MEDIA_ROOT)


def test_folder_of_files_is_none_that_is_served():
    from portal.settings import base

    for served in (base.MEDIA_ROOT, base.STATIC_ROOT, *base.STATICFILES_DIRS):
        assert not base.RISERVATI.is_relative_to(served)


SEALED = storage.CHUNK + storage.TAG


@pytest.mark.parametrize(
    "spoil",
    [
        pytest.param(lambda data: data[:-1], id="tronco"),
        pytest.param(lambda data: data[: 2 * SEALED], id="senza l'ultimo pezzo"),
        pytest.param(lambda data: data[SEALED:], id="senza il primo pezzo"),
        pytest.param(lambda data: data[SEALED : 2 * SEALED] + data[:SEALED] + data[2 * SEALED :], id="scambiati"),
        pytest.param(lambda data: data + data[-SEALED:], id="con una coda"),
        pytest.param(lambda data: bytes([data[0] ^ 1]) + data[1:], id="un bit"),
        pytest.param(lambda data: b"", id="vuoto"),
    ],
)
def test_altered_file_is_refused_before_the_altered_part_is_handed_out(spoil):
    content = os.urandom(2 * storage.CHUNK + 10)
    key, file = kept(content)
    file.write_bytes(spoil(file.read_bytes()))
    read = bytearray()
    chunks = storage.read(PK, key)
    with pytest.raises(storage.FileGuastoError):
        read.extend(b for chunk in chunks for b in chunk)
    assert content.startswith(bytes(read))


def test_file_of_another_row_or_key_is_refused():
    key, file = kept(b"Canarino")
    with pytest.raises(storage.FileGuastoError):
        content_of(storage.new_key())
    other = uuid.uuid4()
    place = real.RISERVATI / other.hex[:2] / other.hex[2:4]
    place.mkdir(parents=True)
    (place / other.hex).write_bytes(file.read_bytes())
    with pytest.raises(storage.FileGuastoError):
        content_of(key, other)


def test_missing_file_is_told_at_once():
    with pytest.raises(storage.FileGuastoError):
        storage.read(PK, storage.new_key())


def test_erased_file_is_gone_and_erasing_again_is_no_fault():
    key, file = kept(b"Canarino")
    storage.erase(PK)
    storage.erase(PK)
    assert not file.exists()
    with pytest.raises(storage.FileGuastoError):
        content_of(key)


def test_failed_write_leaves_nothing(monkeypatch, folder):
    def full(handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        storage.write(PK, storage.new_key(), b"Canarino")
    assert [each for each in folder.rglob("*") if each.is_file()] == []


@pytest.mark.skipif(os.geteuid() != 0, reason="serve un disco piccolo, che solo root può montare")
def test_full_disk_leaves_no_half_file(folder):
    folder.mkdir()
    small = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], capture_output=True, check=False
    )
    if small.returncode:
        pytest.skip("qui non si può montare un disco piccolo")
    try:
        with pytest.raises(OSError, match="No space"):
            storage.write(PK, storage.new_key(), bytes(1024 * 1024))
        assert [each for each in folder.rglob("*") if each.is_file()] == []
        storage.write(PK, storage.new_key(), b"ci sta")
    finally:
        subprocess.run(["/bin/umount", folder], check=True)
