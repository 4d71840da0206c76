"""What is read from the contents again and again, kept in the process until they change."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

from . import edizione

Cosa = TypeVar("Cosa")
CHIAVI = 256  # kept at once: a host name is part of some keys, and visitors may write any


class Ricordo(Generic[Cosa]):
    """One value per key, never older than the last edit; while a page is made, asking for it costs no query.

    What is kept is shared by all who ask: at most, what the contents say is added to it. It depends on the key and the
    contents alone.
    """

    def __init__(self) -> None:
        self._stato: tuple[edizione.Edizione | None, dict[Hashable, Cosa]] = (None, {})

    def get(self, key: Hashable, read: Callable[[], Cosa]) -> Cosa:
        current = edizione.known()
        if self._stato[0] != current:
            self._stato = (current, {})
        kept = self._stato[1]
        if key in kept:
            return kept[key]
        if len(kept) >= CHIAVI:
            self._stato = (current, kept := {})
        kept[key] = value = read()
        return value

    def gia_letto(self, key: Hashable, read: Callable[[], Cosa]) -> Cosa:
        """The same without asking for the edition: for the rest of a task that has just asked."""
        kept = self._stato[1]
        return kept[key] if key in kept else self.get(key, read)
