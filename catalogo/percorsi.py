"""Where the data that come with the project lie."""

from pathlib import Path

DATI = Path(__file__).parent / "dati"
