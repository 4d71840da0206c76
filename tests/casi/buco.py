"""One hole of `sabotaggi`: what somebody could forget, in which file, and which tests should be first to notice."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class BucoError(Exception):
    """The code has changed: the hole must be written anew."""


@dataclass(frozen=True)
class Buco:
    nome: str
    file: str
    prima: str
    dopo: str
    prove: tuple[str, ...] = ()  # files of tests, in order, such as "casi/test_policies"

    @contextmanager
    def planted(self, folder: Path) -> Iterator[None]:
        """The hole is in the copy of the code in `folder`, and is gone afterwards. Raises BucoError."""
        file = folder / self.file
        text = file.read_text()
        if text.count(self.prima) != 1:
            raise BucoError(f"{self.nome}: «{self.prima}» c'è {text.count(self.prima)} volte in {self.file}")
        file.write_text(text.replace(self.prima, self.dopo))
        yield
        file.write_text(text)
