"""The name of a file, made safe to show and to save under: it comes from somebody else's computer."""

import re
import unicodedata

LONGEST = 100
NOT_IN_NAMES = re.compile(r'[<>:"|?*%]')
# Controls, marks that turn or hide text (Cf: right-to-left override, zero width), line ends, halves and nobody's.
INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def split_name(written: str) -> tuple[str, str]:
    """(stem, extension in small letters) of what the browser calls the file; an empty stem gets a name."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", written))[-1]
    seen = "".join(" " if letter.isspace() else letter for letter in last if letter.isspace() or _visible(letter))
    stem, dot, extension = seen.rpartition(".")
    if not dot:
        stem, extension = extension, ""
    stem = re.sub(r"\s+", " ", NOT_IN_NAMES.sub("_", stem)).strip(" .")
    return stem[:LONGEST].rstrip(" .") or "allegato", extension.strip().lower()


def _visible(letter: str) -> bool:
    return unicodedata.category(letter) not in INVISIBLE
