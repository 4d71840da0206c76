"""A key file of one's own, which a test may change."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from casi import crypto


@pytest.fixture
def keys(settings, tmp_path) -> Iterator[Path]:
    """Equal to that of the tests, with the key «prove» alone."""
    file = tmp_path / "portachiavi.json"
    file.write_text(settings.PORTACHIAVI.read_text())
    file.chmod(0o600)
    settings.PORTACHIAVI = file
    crypto.forget_keys()
    yield file
    crypto.forget_keys()
