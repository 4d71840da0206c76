"""A page that lacks for now something it should show: it is served, and not kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_MANCANTI: ContextVar[list[str] | None] = ContextVar("mancanti", default=None)


def lacks(what: str) -> None:
    """The page that is being made, if one is, goes without `what`."""
    missing = _MANCANTI.get()
    if missing is not None:
        missing.append(what)


@contextmanager
def watched() -> Iterator[list[str]]:
    """What the page made inside lacks."""
    missing: list[str] = []
    token = _MANCANTI.set(missing)
    try:
        yield missing
    finally:
        _MANCANTI.reset(token)
