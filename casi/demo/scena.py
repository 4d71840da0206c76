"""A story being written down."""

from dataclasses import dataclass
from typing import Any

from casi.models import Caso

from .rete import Rete
from .righe import Righe


@dataclass(frozen=True)
class Scena:
    storia: dict[str, Any]
    caso: Caso
    rete: Rete
    righe: Righe
