"""A full disk costs a page its picture and nothing else, until there is room again."""

import errno
import os
import subprocess
from io import BytesIO

import pytest
from django.core.files.base import ContentFile

from portal.cms.cache_pagine import incompleta
from portal.cms.models import Resa
from portal.cms.rese import Rese
from tests.factories.catalogo import LuogoPageFactory
from tests.factories.home import NotiziaPageFactory, PaginaSempliceFactory
from tests.factories.portal import ImmagineFactory
from tests.support.html import StrictClient


@pytest.fixture
def reader(db, settings) -> StrictClient:
    """Of a process that keeps finished pages in memory."""
    settings.PAGINE_ANONIME = {**settings.PAGINE_ANONIME, "byte": 10_000_000}
    client = StrictClient()
    client.handler.load_middleware()
    return client


@pytest.fixture
def full(monkeypatch):
    """`full()`: from here on no size of a picture can be written; `full.undo()`: there is room again."""
    monkeypatch.setattr("wagtail.images.models.SpooledTemporaryFile", lambda max_size: BytesIO())  # never closed

    def refuse(*_arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.MonkeyPatch.context() as patch:

        def fill() -> None:
            patch.setattr(Resa._meta.get_field("file").storage, "_save", refuse)

        fill.undo = patch.undo
        yield fill


def addresses() -> list[str]:
    """Home with the latest news, and the pages that have a picture of their own."""
    picture = ImmagineFactory(testo_alternativo="Una pagnotta")
    pages = [each(immagine=picture) for each in (NotiziaPageFactory, PaginaSempliceFactory, LuogoPageFactory)]
    return ["/", *(page.get_url() for page in pages)]


def test_pages_show_without_their_picture_on_a_full_disk_and_with_it_afterwards(reader, full, caplog):
    full()
    places = addresses()
    for address in places:
        page = reader.get(address)
        assert page.status_code == 200, address
        assert "/images/" not in page.text, address
    assert "No space left on device" in caplog.text
    assert not Resa.objects.exists()
    full.undo()
    for address in places:
        assert "/images/" in reader.get(address).text, address


def test_page_that_lacks_nothing_is_kept_and_one_that_does_is_not(reader, full):
    (home, *_others) = addresses()
    full()
    assert "private" in reader.get(home)["Cache-Control"]
    full.undo()
    assert "private" not in reader.get(home)["Cache-Control"]
    incompleta.lacks("nothing")  # outside a page nobody listens


def on(folder) -> Rese:
    return Rese(location=str(folder))


def test_two_files_of_one_name_never_share_it(tmp_path):
    names = {on(tmp_path).save("images/pane.webp", ContentFile(b"pane")) for _each in range(3)}
    assert len(names) == 3
    assert all(name.startswith("images/pane_") and name.endswith(".webp") for name in names)


@pytest.mark.skipif(os.geteuid() != 0, reason="serve un disco piccolo, che solo root può montare")
def test_really_full_disk_leaves_no_half_file(tmp_path):
    folder = tmp_path / "media"
    folder.mkdir()
    small = subprocess.run(
        ["/bin/mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", folder], capture_output=True, check=False
    )
    if small.returncode:
        pytest.skip("qui non si può montare un disco piccolo")
    try:
        with pytest.raises(OSError, match="No space"):
            on(folder).save("images/pane.webp", ContentFile(bytes(1024 * 1024)))
        assert [each for each in folder.rglob("*") if each.is_file()] == []
        assert on(folder).save("images/pane.webp", ContentFile(b"pane"))
    finally:
        subprocess.run(["/bin/umount", folder], check=True)
