"""An action that says no: in which words, and beside which field they are told."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from casi.errori import Impossibile


@contextmanager
def refused(words: str, campo: str | None = None) -> Iterator[None]:
    """What is done inside is refused with `words`, beside `campo`; without it, above the form."""
    with pytest.raises(Impossibile, match=words) as told:
        yield
    assert told.value.campo == campo
