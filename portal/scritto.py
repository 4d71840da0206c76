"""How a line of the log is written: its moment in UTC, and one line for one message, whatever the message says."""

import logging
import re
from datetime import UTC, datetime

# What ends a line, or makes it look like another, for a terminal or for what reads logs.
SEGNI = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]")


class UnaRiga(logging.Formatter):
    """What is told of an error stands below its line, each part of it behind a bar: no text of anybody begins one."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} {message}", style="{")

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:  # noqa: N802 - logging's name
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - logging's name
        return SEGNI.sub(_shown, super().formatMessage(record))

    def formatException(self, ei) -> str:  # noqa: N802 - logging's name
        return "\n".join(f"| {SEGNI.sub(_shown, line)}" for line in super().formatException(ei).split("\n"))

    def formatStack(self, stack_info: str) -> str:  # noqa: N802 - logging's name
        return "\n".join(f"| {SEGNI.sub(_shown, line)}" for line in stack_info.split("\n"))


def _shown(sign: re.Match[str]) -> str:
    return f"\\u{ord(sign.group()):04x}"
