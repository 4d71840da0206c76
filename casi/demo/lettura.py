"""Reading casi/demo/dati."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID, uuid5

DATI = Path(__file__).parent / "dati"
SEME = UUID("7e55e7e0-0000-4000-8000-00000000ca51")
Cosa = TypeVar("Cosa")


def read(name: str) -> Any:
    """Content of `name`.json."""
    return json.loads((DATI / f"{name}.json").read_text(encoding="utf-8"))


def storie() -> list[dict[str, Any]]:
    """The households whose story is told by hand, from every file of theirs."""
    files = sorted(DATI.glob("storie_*.json"))
    return [storia for file in files for storia in read(file.stem)["storie"]]


def key(*parts: object) -> UUID:
    """The same key for the same thing at every loading."""
    return uuid5(SEME, "/".join(map(str, parts)))


def number(*parts: object) -> int:
    """A number that looks like chance and is the same every time."""
    return int.from_bytes(sha256("/".join(map(str, parts)).encode()).digest()[:6])


def pick(choices: Sequence[Cosa], *parts: object) -> Cosa:
    return choices[number(*parts) % len(choices)]


def signs(letters: str, length: int, *parts: object) -> str:
    """`length` of `letters`, the same every time."""
    return "".join(pick(letters, place, *parts) for place in range(length))
