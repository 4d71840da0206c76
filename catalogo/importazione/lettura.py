"""From a file to rows that know their line, whatever the file contains."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PESO_MASSIMO = 50 * 1024 * 1024
SPAZIO = re.compile(r"\s*")
INIZIO_RIGA = re.compile(r"^\s*\{", re.MULTILINE)


class FileIllegibile(Exception):  # noqa: N818 (what it is, not what went wrong)
    """Nothing of the file can be used; the message says why, in Italian."""


@dataclass(frozen=True)
class Riga:
    """A row as found: `linea` is where it starts (from 1); `errore` when it is not even JSON."""

    linea: int
    dati: object = None
    errore: str = ""


def read_rows(path: Path) -> list[Riga]:
    """All rows of `path`; a broken one is a row with `errore`, and reading goes on after it."""
    text = _text(path)
    start = _past_blanks(text, 0)
    if start == len(text):
        raise FileIllegibile("Il file è vuoto.")
    if text[start] != "[":
        raise FileIllegibile("Il file deve contenere un elenco JSON di servizi, fra parentesi quadre.")
    return list(_rows(text, start + 1))


def _text(path: Path) -> str:
    try:
        if path.stat().st_size > PESO_MASSIMO:
            raise FileIllegibile(f"Il file supera {PESO_MASSIMO // 1024 // 1024} MB.")
        content = path.read_bytes()
    except OSError as error:
        raise FileIllegibile(f"Non riesco ad aprire il file: {error.strerror}.") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise FileIllegibile(f"Il file non è in UTF-8: vedi la riga {line}. Salvalo di nuovo in UTF-8.") from error


def _rows(text: str, position: int) -> Iterator[Riga]:
    decoder = json.JSONDecoder()
    line, counted = 1, 0
    while True:
        position = _skip(text, position)
        if position == len(text):
            yield Riga(line + text.count("\n", counted), errore="L'elenco non è chiuso: manca «]».")
            return
        if text[position] == "]":
            yield from _after(text, position + 1)
            return
        line, counted = line + text.count("\n", counted, position), position
        try:
            data, position = decoder.raw_decode(text, position)
            yield Riga(line, data)
        except (ValueError, RecursionError) as error:
            yield Riga(line, errore=_reason(error))
            following = INIZIO_RIGA.search(text, position + 1)
            if not following:
                return
            position = following.end() - 1


def _skip(text: str, position: int) -> int:
    """Past blanks and the comma between two rows."""
    position = _past_blanks(text, position)
    return _past_blanks(text, position + 1) if text[position : position + 1] == "," else position


def _past_blanks(text: str, position: int) -> int:
    found = SPAZIO.match(text, position)
    return found.end() if found else position


def _after(text: str, position: int) -> Iterator[Riga]:
    """What follows the list was not read, and whoever wrote it should know."""
    rest = _past_blanks(text, position)
    if rest < len(text):
        yield Riga(text.count("\n", 0, rest) + 1, errore="C'è altro testo dopo la fine dell'elenco: non l'ho letto.")


def _reason(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"JSON non valido alla riga {error.lineno}, colonna {error.colno}."
    if isinstance(error, RecursionError):
        return "Troppi livelli di parentesi."
    return "Contiene un numero troppo lungo."
