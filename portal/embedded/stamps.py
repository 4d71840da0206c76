"""Stamps: a step is done again only when the hash of what it reads has changed."""

import hashlib
from collections.abc import Iterable
from pathlib import Path

from portal.embedded import places

SKIPPED = {"node_modules", "dist", "__pycache__", ".git"}


def files_under(path: Path) -> Iterable[Path]:
    """`path` itself when it is a file, else its files at any depth, without installed or built ones."""
    if path.is_file():
        return [path]
    return sorted(f for f in path.rglob("*") if f.is_file() and not SKIPPED & set(f.relative_to(path).parts))


def digest(*inputs: Path, also: str = "") -> str:
    """A hash of the names and contents of `inputs` (files or folders) and of the text `also`."""
    total = hashlib.sha256(also.encode())
    for path in inputs:
        for file in files_under(path):
            total.update(f"\0{file.relative_to(path.parent)}\0".encode())
            total.update(file.read_bytes())
    return total.hexdigest()


class Stamp:
    """Remembers under `name` what a step was last done for; `outputs` must still exist."""

    def __init__(
        self, name: str, *inputs: Path, also: str = "", outputs: Iterable[Path] = (), folder: Path = places.STAMPS
    ) -> None:
        self.file = folder / name
        self.value = digest(*inputs, also=also)
        self.outputs = list(outputs)

    def fresh(self) -> bool:
        """Whether nothing changed since `press`."""
        if not all(output.exists() for output in self.outputs):
            return False
        return self.file.is_file() and self.file.read_text() == self.value

    def press(self) -> None:
        """Remember that the step is done."""
        self.file.parent.mkdir(parents=True, exist_ok=True)
        self.file.write_text(self.value)
