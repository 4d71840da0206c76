"""A table as a CSV file (RFC 4180) in which no cell is a formula for the program that opens it."""

import csv
from collections.abc import Iterable, Iterator
from typing import Any

# What starts a formula, as such or in full width, also after blanks (security.md §3, exports).
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def harmless(value: object) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(DANGEROUS) or text.lstrip().startswith(DANGEROUS) else text


class _Line:
    """csv writes into it, and gets its line back."""

    def write(self, text: str) -> str:
        return text


def lines(rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """Line by line, with CR LF, and a mark in front by which spreadsheets see that it is UTF-8."""
    writer = csv.writer(_Line())
    for number, row in enumerate(rows):
        yield ("\ufeff" if number == 0 else "") + writer.writerow([harmless(cell) for cell in row])
