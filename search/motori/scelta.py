"""Which engine answers."""

from .base import Motore
from .postgres import Postgres


def motore() -> Motore:
    """The engine of this portal: PostgreSQL, which needs nothing else."""
    return Postgres()
