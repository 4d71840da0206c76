"""One hole of `sabotaggi`: what somebody could forget, in which file, and which tests should be first to notice."""

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

    def texts(self, folder: Path) -> tuple[Path, str, str]:
        """The file in `folder`, what it says, and what it says with the hole. Raises BucoError."""
        file = folder / self.file
        text = file.read_text()
        if text.count(self.prima) != 1:
            raise BucoError(f"{self.nome}: «{self.prima}» c'è {text.count(self.prima)} volte in {self.file}")
        return file, text, text.replace(self.prima, self.dopo)
